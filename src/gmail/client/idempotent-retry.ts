import {
  DelegateBackoff,
  ExponentialBackoff,
  handleType,
  type IBackoff,
  type IRetryBackoffContext,
  retry,
} from 'cockatiel';
import type { Clock } from '../../resilience/index.js';
import { isRetryable } from '../faults/gmail-fault.js';
import type { GmailLimits } from './gmail-options.js';
import { RequestFault } from '../faults/request-fault.js';

const maxRetries = 2;
const longestDelayMs = 4_000;

/**
 * Runs one request that may be repeated (a read, an idempotent write), and again at most twice when its fault
 * is passing, with jittered exponential backoff.
 * A `Retry-After` is waited for when it ends within the retry budget; otherwise the fault is final at once.
 * @throws what the last run threw
 */
export async function retryIdempotent<T>(
  request: () => Promise<T>,
  limits: Pick<GmailLimits, 'retryBudgetMs' | 'firstRetryDelayMs'>,
  clock: Clock,
): Promise<T> {
  const budgetEndsMs = clock.monotonicMs() + limits.retryBudgetMs;
  const mayRetry = (failure: RequestFault): boolean =>
    isRetryable(failure.fault) && clock.monotonicMs() + retryAfterMs(failure) < budgetEndsMs;

  const exponential = new ExponentialBackoff({
    initialDelay: limits.firstRetryDelayMs,
    maxDelay: longestDelayMs,
  });
  const backoff = new DelegateBackoff<IRetryBackoffContext<unknown>, IBackoff<unknown>>(
    ({ result }, previous) => {
      const state = (previous ?? exponential).next(undefined);
      return { delay: state.duration + ('error' in result ? retryAfterMs(result.error) : 0), state };
    },
  );
  return retry(handleType(RequestFault, mayRetry), { maxAttempts: maxRetries, backoff }).execute(request);
}

function retryAfterMs(failure: unknown): number {
  return failure instanceof RequestFault ? (failure.retryAfterSeconds ?? 0) * 1000 : 0;
}
