import type { ErrorCode } from '../../errors/index.js';

export type WatchMode = 'push' | 'poll';

/** How a look at a mailbox ended. */
export type LookEnd =
  { status: 'looked' | 'resync' } | { status: 'failed'; code: ErrorCode; retryAfterSeconds: number | null };

/** How it ended to ask Gmail for its notifications. */
export type RenewalEnd =
  | { status: 'renewed'; expiresAt: Date }
  /** Gmail may not publish to the topic for this mailbox: waiting alone does not change that. */
  | { status: 'refused' }
  /** It may go well the next time; what was agreed on before holds until it expires. */
  | { status: 'failed' };

/** Notifications may be lost: Google advises to look now and then nevertheless. */
const lookBesidePushSeconds = 900;
/** A watch of Google's ends after seven days, and Google advises to renew it every day. */
const renewSeconds = 86_400;
const longestRetrySeconds = 3_600;
/** Each is asked of the database alone, and the sooner a consent is noticed the better. */
const awaitsPersonSeconds = 300;
const awaitsPerson: ReadonlySet<ErrorCode> = new Set([
  'INVALID_REFRESH_TOKEN',
  'INVALID_CLIENT',
  'OAUTH_FLOW_REQUIRED',
  'INSUFFICIENT_SCOPE',
]);

/** When a mailbox is looked at next, in seconds. @param failures in a row, this look included */
export function nextLookSeconds(
  end: LookEnd,
  { mode, pollSeconds, failures }: { mode: WatchMode; pollSeconds: number; failures: number },
): number {
  if (end.status !== 'failed')
    return mode === 'push' ? Math.max(pollSeconds, lookBesidePushSeconds) : pollSeconds;
  if (awaitsPerson.has(end.code)) return awaitsPersonSeconds;
  return Math.max(pausedSeconds(failures, pollSeconds), end.retryAfterSeconds ?? 0);
}

/**
 * When Gmail is asked for notifications next, in seconds: six times or more before they would end.
 * @param failures in a row, this one included
 * @param random from 0 to below 1: mailboxes that were watched together are not renewed together
 */
export function nextRenewalSeconds(end: RenewalEnd, failures: number, random: number): number {
  if (end.status === 'failed') return pausedSeconds(failures, 60);
  return Math.round(renewSeconds * (0.9 + 0.1 * random));
}

/** How Gmail's changes are learned of from now on. @param isAlive whether an earlier watch of Gmail's has not expired */
export function nextMode(end: RenewalEnd | null, before: WatchMode, isAlive: boolean): WatchMode {
  if (end?.status === 'renewed') return 'push';
  if (end?.status === 'refused') return 'poll';
  return isAlive ? before : 'poll';
}

function pausedSeconds(failures: number, firstSeconds: number): number {
  return Math.min(firstSeconds * 2 ** Math.min(Math.max(failures - 1, 0), 16), longestRetrySeconds);
}
