import { EvergrantError } from '../../errors/index.js';
import type { Rejected, Unavailable } from '../../oauth/index.js';

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
export function clientRejected(ownedByDeployment: boolean, reason: string): EvergrantError {
  return new EvergrantError(ownedByDeployment ? 'DEPLOYMENT_CLIENT_REJECTED' : 'INVALID_CLIENT', { reason });
}
