import type { EvergrantError } from '../../errors/index.js';
import type { ActOutcome } from '../acts/act-performer.js';
import type { LaterDecision } from '../rules/later-decision.js';

const suspendedPauseSeconds = 60;
const final = { field: null, retryAfterSeconds: null, retryInSeconds: null, requiresReauth: false } as const;

/**
 * What it means that the policy does not let an act go any more; null where it does. Its message names rules, and no one
 * to whom the act goes: it lies in the database as it is.
 */
export function policyRefused(later: LaterDecision, dryRun: boolean): ActOutcome | null {
  if (dryRun)
    return {
      ...{ status: 'not_sent', ...final, errorCode: 'FORBIDDEN', reason: 'dry_run' },
      message: 'Nothing was sent: by now the policy of this connection lets nothing leave it (dry run)',
    };
  switch (later.verdict) {
    case 'allow':
      return null;
    case 'denied':
      return {
        ...{ status: 'not_sent', ...final, errorCode: 'FORBIDDEN', reason: 'policy_denied' },
        message: `Nothing was sent: by now the policy of this connection does not allow it (${later.codes.join(', ')})`,
      };
    case 'not_approved':
      return {
        ...{ status: 'not_sent', ...final, errorCode: 'FORBIDDEN', reason: 'policy_changed' },
        message:
          'Nothing was sent: the policy of this connection has become stricter since, so that a person has to decide ' +
          `on it for another reason (${later.codes.join(', ')}). Ask for it again`,
      };
  }
}

/** What it means that an act may not leave at this moment: its limits are reached, or its tenant is suspended. */
export function beginningRefused(error: EvergrantError): ActOutcome {
  const { code: errorCode, reason = null, field = null, message, retryAfterSeconds = null } = error;
  const pause = reason === 'tenant_suspended' ? suspendedPauseSeconds : null;
  return {
    ...{ status: 'not_sent', errorCode, reason, field, message, retryAfterSeconds },
    ...{ retryInSeconds: retryAfterSeconds ?? pause, requiresReauth: false },
  };
}
