import { EvergrantError } from '../errors/index.js';
import type { CredentialSnapshot } from './credential-reader.js';

/** After this long a held verdict is worth asking about again. */
const heldRetryAfterSeconds = 60;

/** What callers are told of a grant that Google called dead: sign in again, or wait as long as that is doubted. */
export function deadGrant({ held, errorReason }: CredentialSnapshot): EvergrantError {
  return held
    ? verdictHeld()
    : new EvergrantError('INVALID_REFRESH_TOKEN', { reason: errorReason ?? undefined });
}

export function verdictHeld(): EvergrantError {
  return new EvergrantError('SERVICE_UNAVAILABLE', {
    reason: 'verdict_held',
    retryAfterSeconds: heldRetryAfterSeconds,
  });
}
