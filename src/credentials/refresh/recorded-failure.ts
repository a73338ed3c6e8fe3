import { EvergrantError } from '../../errors/index.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';

/** After this long a held verdict is worth asking about again. */
const heldRetryAfterSeconds = 60;

/** What the last refresh met, as its callers are told who make none of their own. */
export function recordedFailure(credential: CredentialSnapshot, retryAfterSeconds?: number): EvergrantError {
  const { errorCode, errorReason } = credential;
  if (errorCode === 'INVALID_REFRESH_TOKEN') return deadGrant(credential);
  return new EvergrantError(errorCode ?? 'SERVICE_UNAVAILABLE', {
    reason: errorReason ?? undefined,
    retryAfterSeconds,
  });
}

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

/** The refresh goes on behind the caller's back: whoever asks next may find its token. */
export function refreshInProgress(): EvergrantError {
  return new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'refresh_in_progress' });
}
