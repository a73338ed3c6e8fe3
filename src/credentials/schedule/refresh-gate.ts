import { EvergrantError } from '../../errors/index.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';

/** No answer keeps a client's grants waiting for longer, whatever it asks for. */
const longestClosedSeconds = 900;

/**
 * In SQL: closes the gate of the OAuth clients in `committed` for the seconds in a parameter, if it is not null. A
 * provider's `Retry-After` (RFC 9110 section 10.2.3) holds for all grants of the client, and for every process.
 */
export function closeGate(secondsParameter: string): string {
  return `INSERT INTO refresh_gates (oauth_client_id, closed_until)
    SELECT oauth_client_id, evergrant_now() + make_interval(secs => least(${secondsParameter}::float8, ${longestClosedSeconds}))
    FROM committed WHERE ${secondsParameter}::float8 IS NOT NULL
    ON CONFLICT (oauth_client_id)
      DO UPDATE SET closed_until = greatest(refresh_gates.closed_until, excluded.closed_until)`;
}

/** @throws EvergrantError `SERVICE_UNAVAILABLE` while the provider's `Retry-After` lasts */
export function requireOpenGate({ gateOpensInSeconds }: CredentialSnapshot): void {
  if (gateOpensInSeconds === null || gateOpensInSeconds <= 0) return;
  throw new EvergrantError('SERVICE_UNAVAILABLE', {
    reason: 'provider_retry_after',
    retryAfterSeconds: Math.ceil(gateOpensInSeconds),
  });
}
