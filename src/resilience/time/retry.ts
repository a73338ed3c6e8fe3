import {
  DelegateBackoff,
  ExponentialBackoff,
  handleWhen,
  retry as retryPolicy,
  type IBackoff,
  type IBackoffFactory,
  type IRetryBackoffContext,
} from 'cockatiel';
import type { Deadline } from './deadline.js';

/** How an attempt ended. */
export type Ending<T> = { value: T } | { error: unknown };

export interface RetryOptions<T> {
  /** Over all attempts and the pauses between them. */
  deadline: Deadline;
  /** The first one included. */
  maxAttempts: number;
  firstPauseMs: number;
  longestPauseMs: number;
  /** No pause is made that would leave the next attempt less time than this. */
  shortestAttemptMs: number;
  /**
   * How many seconds have to pass before another attempt is worth it: 0, or what the answer asks for in its
   * `Retry-After`; null when this ending is to be kept.
   */
  retryAfterSeconds: (ending: Ending<T>, attempts: number) => number | null;
  onRetry?: (ending: Ending<T>, pause: { attempts: number; pauseMs: number }) => void;
}

/**
 * Attempts until there is an ending to keep, with jittered exponential backoff on top of what the answer asks for.
 * What would not fit into the deadline is not slept: then the last ending is kept at once.
 * @throws what the last attempt threw
 */
export async function retry<T>(options: RetryOptions<T>, attempt: () => Promise<T>): Promise<T> {
  const { deadline, maxAttempts, shortestAttemptMs } = options;
  let attempts = 0;
  let leastPauseMs = 0;

  const isWorthRepeating = (ending: Ending<T>): boolean => {
    const seconds = options.retryAfterSeconds(ending, attempts);
    if (seconds === null) return false;
    leastPauseMs = seconds * 1000;
    return leastPauseMs + shortestAttemptMs < deadline.leftMs();
  };
  const jittered: IBackoffFactory<unknown> = new ExponentialBackoff({
    initialDelay: options.firstPauseMs,
    maxDelay: options.longestPauseMs,
  });
  const backoff = new DelegateBackoff(
    (_context: IRetryBackoffContext<unknown>, previous?: IBackoff<unknown>) => {
      const state = (previous ?? jittered).next(undefined);
      const longestPauseMs = deadline.leftMs() - shortestAttemptMs;
      return { delay: Math.min(leastPauseMs + state.duration, longestPauseMs), state };
    },
  );

  const policy = retryPolicy(
    handleWhen((error) => isWorthRepeating({ error })).orWhenResult((value) =>
      isWorthRepeating({ value: value as T }),
    ),
    { maxAttempts: maxAttempts - 1, backoff },
  );
  policy.onRetry(({ delay, ...ending }) =>
    options.onRetry?.(ending as Ending<T>, { attempts, pauseMs: Math.round(delay) }),
  );
  return policy.execute(() => {
    attempts += 1;
    return attempt();
  });
}
