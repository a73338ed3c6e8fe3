import { buildConnector } from 'undici';
import { failedWhileConnecting } from './network-failure.js';

/**
 * Connects for an undici `Pool` or `Agent`, and marks what that fails with: a reset during the TLS handshake looks like
 * one in the middle of an answer, and only this place can tell them apart.
 */
export function connector(timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs });
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error) callback(failedWhileConnecting(error), null);
      else callback(null, socket);
    });
}
