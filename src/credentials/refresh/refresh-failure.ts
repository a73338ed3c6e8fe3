import { EvergrantError } from '../../errors/index.js';
import type { Rejected, Unavailable } from '../../oauth/index.js';
import { clientNotConfigured } from '../store/absent-oauth-clients.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';

/** After this long a held verdict is worth asking about again. */
const heldRetryAfterSeconds = 60;

/** Says in the taxonomy's words why a refresh brought nothing. */
export function refreshFailure(outcome: Rejected | Unavailable, ownedByDeployment: boolean): EvergrantError {
  if (outcome.errorCode === 'INVALID_CLIENT') return clientRejected(ownedByDeployment, outcome.reason);
  return new EvergrantError(outcome.errorCode, {
    reason: outcome.reason,
    retryAfterSeconds:
      outcome.status === 'unavailable' ? (outcome.retryAfterSeconds ?? undefined) : undefined,
  });
}

/** A rejected client is the operator's to mend, unless an instance brought it. */
function clientRejected(ownedByDeployment: boolean, reason: string): EvergrantError {
  return new EvergrantError(ownedByDeployment ? 'DEPLOYMENT_CLIENT_REJECTED' : 'INVALID_CLIENT', { reason });
}

/** There is no secret to present a refresh token with. */
export function clientMissing(ownedByDeployment: boolean): EvergrantError {
  const reason = 'client_not_configured';
  return ownedByDeployment
    ? new EvergrantError('DEPLOYMENT_CLIENT_REJECTED', { reason, message: clientNotConfigured })
    : clientRejected(ownedByDeployment, reason);
}

/** What the last refresh met, for a caller that makes none of its own. */
export function recordedFailure(
  credential: Pick<CredentialSnapshot, 'errorCode' | 'errorReason' | 'held'>,
  retryAfterSeconds?: number,
): EvergrantError {
  const { errorCode, errorReason } = credential;
  if (errorCode === 'INVALID_REFRESH_TOKEN') return deadGrant(credential);
  return new EvergrantError(errorCode ?? 'SERVICE_UNAVAILABLE', {
    reason: errorReason ?? undefined,
    retryAfterSeconds,
  });
}

/** What callers are told of a grant that the provider called dead: sign in again, or wait as long as that is doubted. */
export function deadGrant({
  held,
  errorReason,
}: Pick<CredentialSnapshot, 'held' | 'errorReason'>): EvergrantError {
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

/** The refresh goes on behind the caller's back: the next one to ask may find its token. */
export function refreshInProgress(): EvergrantError {
  return new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'refresh_in_progress' });
}
