import {
  isServiceFailure,
  type Refreshed,
  type RefreshOutcome,
  type Rejected,
  type Unavailable,
} from '../../oauth/index.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';

/** The provider's word that a grant is dead; it costs a person's time. */
export type DeadGrant = Rejected & { errorCode: 'INVALID_REFRESH_TOKEN' };

/** What is done with the outcome of an attempt. */
export type Settlement =
  | { do: 'store'; outcome: Refreshed }
  | { do: 'record'; as: 'rejected'; outcome: Rejected }
  | { do: 'record'; as: 'unavailable' | 'unknown'; outcome: Unavailable; retryAfterSeconds: number | null }
  /** Recorded as rejected, and then the verdict on the grant is passed. */
  | { do: 'condemn'; outcome: DeadGrant }
  /** That the outcome is unknown was recorded for this attempt before: asking again is no new attempt. */
  | { do: 'say-again'; outcome: Unavailable }
  /** A consent or another process's refresh came in between: its token counts. */
  | { do: 'use-newer' };

/** What the outcome is seen against. */
export interface Circumstances {
  before: Pick<CredentialSnapshot, 'errorReason' | 'attemptSecondsAgo' | 'failedSecondsAgo'>;
  /** The token may be spent by being presented once. */
  singleUse: boolean;
  /** The attempt was begun by an earlier holder of the lease. */
  resumed: boolean;
}

/** The provider called the grant dead, and gave no answer when it was asked to confirm that. */
export const unconfirmed = 'verdict_unconfirmed';

/** What an outcome asks for. The word that a grant is dead has to be confirmed first. */
export function settlementOf(
  outcome: RefreshOutcome,
  circumstances: Circumstances,
): Settlement | { do: 'confirm'; verdict: DeadGrant } {
  if (outcome.status === 'refreshed') return { do: 'store', outcome };
  if (outcome.status === 'unavailable') return settlementOfUnavailable(outcome, circumstances);
  return isDeadGrant(outcome)
    ? { do: 'confirm', verdict: outcome }
    : { do: 'record', as: 'rejected', outcome };
}

/**
 * What the word that a grant is dead asks for, by what came of confirming it: the row was read again and holds another
 * token by now (`superseded`), or the provider was asked once more over its other path.
 */
export function settlementOfVerdict(
  verdict: DeadGrant,
  confirmation: RefreshOutcome | { status: 'superseded' },
  circumstances: Circumstances,
): Settlement {
  if (confirmation.status === 'superseded') return { do: 'use-newer' };
  if (confirmation.status === 'refreshed') return { do: 'store', outcome: confirmation };
  // What the next attempt hears again needs no other confirmation; where there is no other path, the first stands alone.
  const isDoubted = isUnanswered(confirmation) && circumstances.before.errorReason !== unconfirmed;
  return isDoubted
    ? settlementOfUnavailable(
        { ...confirmation, errorCode: 'SERVICE_UNAVAILABLE', reason: unconfirmed },
        circumstances,
      )
    : { do: 'condemn', outcome: verdict };
}

function settlementOfUnavailable(outcome: Unavailable, circumstances: Circumstances): Settlement {
  const isUnknown = circumstances.singleUse && mayHaveSpent(outcome);
  if (isUnknown && circumstances.resumed && isRecorded(circumstances.before))
    return { do: 'say-again', outcome };
  return {
    do: 'record',
    as: isUnknown ? 'unknown' : 'unavailable',
    outcome,
    // The OAuth service's own Retry-After says nothing of the provider.
    retryAfterSeconds: isServiceFailure(outcome) ? null : outcome.retryAfterSeconds,
  };
}

function isDeadGrant(outcome: Rejected): outcome is DeadGrant {
  return outcome.errorCode === 'INVALID_REFRESH_TOKEN';
}

/** It was asked and did not answer. */
function isUnanswered(confirmation: Rejected | Unavailable): confirmation is Unavailable {
  return confirmation.status === 'unavailable' && !confirmation.provablyNotSent;
}

/** The request went out, and no answer of the provider's tells that the token was left alone. */
function mayHaveSpent({ provablyNotSent, reason }: Unavailable): boolean {
  return !provablyNotSent && !/^http_\d{3}$/.test(reason);
}

/** A failure was recorded since the open attempt began. */
function isRecorded({ attemptSecondsAgo, failedSecondsAgo }: Circumstances['before']): boolean {
  return attemptSecondsAgo !== null && failedSecondsAgo !== null && failedSecondsAgo <= attemptSecondsAgo;
}
