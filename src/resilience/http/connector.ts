import { buildConnector } from 'undici';
import { failedWhileConnecting } from './network-failure.js';

/**
 * Makes HTTP/1.1 connections for an undici `Pool` or `Agent`, and marks what that fails with: a reset during the TLS
 * handshake looks like one in the middle of an answer, and only this place can tell them apart.
 */
export function connector(timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, allowH2: false });
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error) callback(failedWhileConnecting(error), null);
      else callback(null, socket);
    });
}
