import { networkFailure, type NetworkFailureKind } from '../../resilience/index.js';
import type { GmailFault } from './gmail-fault.js';

/** The request may have arrived. */
const whenMaybeSent = {
  connection_refused: 'network',
  connection_reset: 'network',
  connection_timeout: 'network',
  deadline_exceeded: 'deadline',
  dns_failure: 'network',
  host_unreachable: 'network',
  malformed_response: 'malformed',
  proxy_refused: 'network',
  response_too_large: 'tooLarge',
  shutting_down: 'requestFailed',
  tls_failure: 'requestFailed',
  unexpected_failure: 'requestFailed',
} as const satisfies Record<NetworkFailureKind, GmailFault>;

/** There was no connection to send it over; every other kind is `unreachable` then. */
const whenNotSent: Partial<Record<NetworkFailureKind, GmailFault>> = {
  connection_refused: 'refused',
  shutting_down: 'shuttingDown',
  tls_failure: 'tlsFailed',
};

/** Which fault it is when no whole answer came. */
export function faultOfFailure(failure: unknown): GmailFault {
  const { kind, provablyNotSent } = networkFailure(failure);
  return provablyNotSent ? (whenNotSent[kind] ?? 'unreachable') : whenMaybeSent[kind];
}
