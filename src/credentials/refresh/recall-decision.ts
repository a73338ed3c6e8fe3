import type { RecalledAttempt, RefreshOutcome, Unavailable } from '../../oauth/index.js';
import type { RefreshTrigger } from '../store/refresh-trigger.js';

/** What is known of an open attempt after waiting for it: `pending` is one that runs all the same. */
export type Recalled = Exclude<RecalledAttempt, { status: 'running' }> | { status: 'pending' };

/** What follows for the refresh token that was presented under it. */
export type RecallDecision =
  | { do: 'settle'; outcome: RefreshOutcome }
  | { do: 'present'; under: 'same-attempt' | 'another-attempt' }
  | { do: 'leave-open'; outcome: Unavailable };

/**
 * Nothing is presented while an earlier presentation runs, and a single-use token not at all while it may be spent,
 * unless a person forces it and its outcome cannot be had any more.
 */
export function recallDecision(
  recalled: Recalled,
  { trigger, singleUse }: { trigger: RefreshTrigger; singleUse: boolean },
): RecallDecision {
  const isUnanswered = recalled.status === 'settled' && recalled.outcome.status === 'unavailable';
  if (trigger === 'forced' && (isUnanswered || recalled.status === 'unknown')) {
    return { do: 'present', under: 'another-attempt' };
  }
  if (recalled.status === 'settled') {
    return {
      do: 'settle',
      outcome: singleUse ? asAnEarlierHolderLeftIt(recalled.outcome) : recalled.outcome,
    };
  }
  if (!singleUse && recalled.status !== 'pending') return { do: 'present', under: 'same-attempt' };
  return {
    do: 'leave-open',
    outcome: {
      status: 'unavailable',
      path: 'oauth-service',
      errorCode: 'SERVICE_UNAVAILABLE',
      reason: recalled.status === 'unknown' ? 'outcome_unknown' : `attempt_${recalled.status}`,
      retryAfterSeconds: null,
      provablyNotSent: false,
    },
  };
}

/**
 * What never left the OAuth service, the earlier holder presents directly: so its death, and not the service, has the
 * last word on whether the token was sent.
 */
function asAnEarlierHolderLeftIt(outcome: RefreshOutcome): RefreshOutcome {
  return outcome.status === 'unavailable' && outcome.provablyNotSent
    ? { ...outcome, reason: 'outcome_unknown', provablyNotSent: false }
    : outcome;
}
