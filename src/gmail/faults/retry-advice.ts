import { retryOf } from './gmail-fault.js';
import { RequestFault } from './request-fault.js';

/** Of failures that are no limit, so many attempts are made, the first one included. */
const mostAttempts = 3;

export interface RetryRoom {
  /** Made so far. */
  attempts: number;
  /** Of the request's own time for repetitions. */
  leftMs: number;
  /** Of the time for which its call may wait for limits to pass. */
  waitsLeftMs: number;
}

/** How long to wait before the request may be made again; null when what was thrown is to be told now. */
export function secondsBeforeRetry(
  thrown: unknown,
  { attempts, leftMs, waitsLeftMs }: RetryRoom,
): number | null {
  if (!(thrown instanceof RequestFault)) return null;
  const seconds = thrown.retryAfterSeconds ?? 0;
  switch (retryOf(thrown.fault)) {
    case 'never':
      return null;
    case 'soon':
      return attempts < mostAttempts && seconds * 1000 < leftMs ? seconds : null;
    case 'waitedOut':
      return seconds * 1000 < waitsLeftMs ? seconds : null;
  }
}
