import { Logger } from '@nestjs/common';
import { retry, type Deadline, type Ending } from '../../resilience/index.js';
import { timeBudget } from '../time-budget.js';
import type { CodeExchangeOutcome, RefreshOutcome, Rejected, Unavailable } from '../token-exchange.js';

type Outcome = RefreshOutcome | CodeExchangeOutcome;

export interface RepeatPolicy {
  deadline: Deadline;
  maxAttempts: number;
  /** Whether to ask again after this outcome of so many attempts. */
  mayRepeat: (outcome: Rejected | Unavailable, attempts: number) => boolean;
}

const pauses = { firstPauseMs: 150, longestPauseMs: 1_000, shortestAttemptMs: timeBudget.shortestAttemptMs };
const logger = new Logger('TokenRequest');

/** Asks until there is an outcome to keep. It is provably not sent only if no attempt was. */
export async function repeatTokenRequest<T extends Outcome>(
  { deadline, maxAttempts, mayRepeat }: RepeatPolicy,
  attempt: (deadline: AbortSignal) => Promise<T>,
): Promise<T | Unavailable> {
  let provablyNotSent = true;
  const retryAfterSeconds = (ending: Ending<T>, attempts: number): number | null => {
    const failure = failureOf(ending);
    if (failure === null || !mayRepeat(failure, attempts)) return null;
    return failure.status === 'unavailable' ? (failure.retryAfterSeconds ?? 0) : 0;
  };
  const onRetry = (ending: Ending<T>, { attempts, pauseMs }: { attempts: number; pauseMs: number }): void =>
    logger.log({
      msg: 'A token request is repeated',
      repetition: attempts,
      delayMs: pauseMs,
      errorCode: failureOf(ending)?.errorCode,
      reason: failureOf(ending)?.reason,
    });
  const outcome = await retry<T>(
    { ...pauses, deadline, maxAttempts, retryAfterSeconds, onRetry },
    async () => {
      const answer = await attempt(deadline.signal());
      if (answer.status !== 'unavailable' || !answer.provablyNotSent) provablyNotSent = false;
      return answer;
    },
  );
  return outcome.status === 'unavailable' ? { ...outcome, provablyNotSent } : outcome;
}

/** Null for tokens, and for an error: what is thrown is a mistake of ours. */
function failureOf(ending: Ending<Outcome>): Rejected | Unavailable | null {
  if (!('value' in ending)) return null;
  const { value } = ending;
  return value.status === 'rejected' || value.status === 'unavailable' ? value : null;
}
