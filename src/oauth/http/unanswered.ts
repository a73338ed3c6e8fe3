import { networkFailure, type NetworkFailureKind } from '../../resilience/index.js';
import type { Unavailable } from '../token-exchange.js';

const errorCodes = {
  connection_refused: 'SERVICE_UNAVAILABLE',
  connection_reset: 'NETWORK_ERROR',
  connection_timeout: 'NETWORK_ERROR',
  deadline_exceeded: 'SERVICE_UNAVAILABLE',
  dns_failure: 'NETWORK_ERROR',
  host_unreachable: 'NETWORK_ERROR',
  malformed_response: 'SERVICE_UNAVAILABLE',
  proxy_refused: 'SERVICE_UNAVAILABLE',
  response_too_large: 'SERVICE_UNAVAILABLE',
  shutting_down: 'SERVICE_UNAVAILABLE',
  tls_failure: 'SERVICE_UNAVAILABLE',
  unexpected_failure: 'UNKNOWN_ERROR',
} as const satisfies Record<NetworkFailureKind, Unavailable['errorCode']>;

/** A request that got no answer, by what was thrown instead of one; the reason is the kind of failure. */
export function unanswered(error: unknown): Unavailable {
  const { kind, provablyNotSent } = networkFailure(error);
  return {
    status: 'unavailable',
    path: 'direct',
    errorCode: errorCodes[kind],
    reason: kind,
    retryAfterSeconds: null,
    provablyNotSent,
  };
}
