import type { ActOutcome, ActTrace } from '../acts/act-performer.js';
import type { Settlement } from '../ledger/act-leases.js';
import type { StoredAct } from '../ledger/stored-act.js';

/** What is known of an act when a process has its lease. */
export type ActOnItsWay = Pick<
  StoredAct,
  'state' | 'verdict' | 'begunSecondsAgo' | 'intendedSecondsAgo' | 'overdue'
>;

/** What a process does next with an act that it holds. */
export type ActStep = { do: 'perform' } | { do: 'trace' } | { do: 'settle'; settlement: Settlement };

/**
 * A request that went out so long ago has come to its end at Gmail too: it is among the sent mail by now, or will never
 * be. Ours end after 30 seconds.
 */
const settledAfterSeconds = 60;
/** What is unknown after a day is not looked for again. */
const lastLookSeconds = 86_400;
const longestPauseSeconds = 3_600;
const shortestPauseSeconds = 10;

const expired: ActOutcome = {
  status: 'not_sent',
  errorCode: 'SERVICE_UNAVAILABLE',
  reason: 'not_carried_out_in_time',
  field: null,
  message: 'Nothing was sent: it could not be carried out within a day',
  retryAfterSeconds: null,
  retryInSeconds: null,
  requiresReauth: false,
};
const unreadable: ActOutcome = {
  status: 'not_sent',
  errorCode: 'UNKNOWN_ERROR',
  reason: 'act_unreadable',
  field: null,
  message: 'Nothing was sent: what was to be sent cannot be read from the database any more',
  retryAfterSeconds: null,
  retryInSeconds: null,
  requiresReauth: false,
};
const absent: ActOutcome = {
  status: 'not_sent',
  errorCode: 'SERVICE_UNAVAILABLE',
  reason: 'not_among_sent_mail',
  field: null,
  message: "Nothing was sent: Gmail's answer was lost, and the message is not among the sent mail",
  retryAfterSeconds: null,
  retryInSeconds: null,
  requiresReauth: false,
};

/** What never went out is carried out; for what may have, the mailbox is looked into first. */
export function firstStep({ begunSecondsAgo, overdue }: ActOnItsWay): ActStep {
  if (begunSecondsAgo !== null) return { do: 'trace' };
  return overdue ? settle('not_sent', expired) : { do: 'perform' };
}

/** After a look into the mailbox for what may have gone out. */
export function stepAfterTrace(trace: ActTrace, act: ActOnItsWay): ActStep {
  if (trace.status === 'done') return settle('done', trace);
  const isSettled = (act.begunSecondsAgo ?? 0) >= settledAfterSeconds;
  if (trace.status === 'unclear' || !isSettled) return lookAgain(act);
  if (act.overdue) return settle('not_sent', expired);
  // Whose caller was told that it is unknown may have helped itself by now; what a person approved is owed.
  return act.state === 'unknown' && act.verdict === 'allow' ? settle('not_sent', absent) : { do: 'perform' };
}

/** After the request. What a person approved is tried again where that may help. */
export function stepAfterRequest(outcome: ActOutcome, act: ActOnItsWay): ActStep {
  if (outcome.status === 'done') return settle('done', outcome);
  if (outcome.status === 'unknown') return settle('unknown', outcome, settledAfterSeconds);
  const { retryInSeconds } = outcome;
  if (act.verdict === 'allow' || act.overdue || retryInSeconds === null) return settle('not_sent', outcome);
  return {
    do: 'settle',
    settlement: {
      state: 'approved',
      outcome,
      retryInSeconds: Math.max(retryInSeconds, shortestPauseSeconds),
    },
  };
}

/** For an act of which no one can read any more what it is: it is not tried again. */
export function settledAsUnreadable({ begunSecondsAgo }: ActOnItsWay): ActStep {
  return begunSecondsAgo === null ? settle('not_sent', unreadable) : settle('unknown', { status: 'unknown' });
}

function lookAgain({ begunSecondsAgo, intendedSecondsAgo }: ActOnItsWay): ActStep {
  if (intendedSecondsAgo > lastLookSeconds) return settle('unknown', { status: 'unknown' });
  const waited = Math.max(begunSecondsAgo ?? 0, settledAfterSeconds);
  return settle('unknown', { status: 'unknown' }, Math.min(waited, longestPauseSeconds));
}

function settle(
  state: 'done' | 'not_sent' | 'unknown',
  outcome: ActOutcome,
  retryInSeconds: number | null = null,
): ActStep {
  return { do: 'settle', settlement: { state, outcome, retryInSeconds } };
}
