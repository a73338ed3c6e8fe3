import { Logger } from '@nestjs/common';
import { DelegateBackoff, ExponentialBackoff, handleWhenResult, retry, type IBackoff } from 'cockatiel';
import type { Deadline } from './http/deadline.js';
import { timeBudget } from './time-budget.js';
import type { CodeExchangeOutcome, RefreshOutcome, Rejected, Unavailable } from './token-exchange.js';

type Outcome = RefreshOutcome | CodeExchangeOutcome;

export interface RepeatPolicy {
  deadline: Deadline;
  maxAttempts: number;
  /** Whether to ask again after this outcome of so many attempts. */
  mayRepeat: (outcome: Rejected | Unavailable, attempts: number) => boolean;
}

const jitteredBackoff = new ExponentialBackoff({ initialDelay: 150, maxDelay: 1_000 });
const logger = new Logger('TokenRequest');

/**
 * Asks until there is an answer to keep: jittered exponential backoff, `Retry-After` as the least pause, one
 * deadline over all. A pause that would not fit into what is left of it ends the attempts at once. The outcome is
 * provably not sent only if no attempt was.
 */
export async function repeat<T extends Outcome>(
  { deadline, maxAttempts, mayRepeat }: RepeatPolicy,
  attempt: (deadline: AbortSignal) => Promise<T>,
): Promise<T | Unavailable> {
  let last: Outcome | undefined;
  let attempts = 0;
  let provablyNotSent = true;

  const isWorthRepeating = (): boolean =>
    (last?.status === 'rejected' || last?.status === 'unavailable') &&
    mayRepeat(last, attempts) &&
    deadline.leftMs() >= retryAfterMs(last) + timeBudget.shortestAttemptMs;
  const backoff = new DelegateBackoff<unknown, IBackoff<unknown>>((_context, previous) => {
    const state = previous ? previous.next(undefined) : jitteredBackoff.next();
    return { delay: Math.max(state.duration, retryAfterMs(last)), state };
  });
  const policy = retry(handleWhenResult(isWorthRepeating), { maxAttempts: maxAttempts - 1, backoff });
  policy.onRetry(({ delay, attempt: repetition }) =>
    logger.log({
      msg: 'A token request is repeated',
      repetition,
      delayMs: Math.round(delay),
      ...cause(last),
    }),
  );

  const outcome = await policy.execute(async () => {
    attempts += 1;
    const answer = await attempt(deadline.signal());
    if (answer.status !== 'unavailable' || !answer.provablyNotSent) provablyNotSent = false;
    last = answer;
    return answer;
  });
  return outcome.status === 'unavailable' ? { ...outcome, provablyNotSent } : outcome;
}

function retryAfterMs(outcome: Outcome | undefined): number {
  return outcome?.status === 'unavailable' ? (outcome.retryAfterSeconds ?? 0) * 1000 : 0;
}

function cause(outcome: Outcome | undefined): object {
  return outcome && 'errorCode' in outcome ? { errorCode: outcome.errorCode, reason: outcome.reason } : {};
}
