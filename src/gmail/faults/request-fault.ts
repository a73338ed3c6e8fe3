import { isRetryable, type GmailFault } from './gmail-fault.js';

/** One request's failure, inside the client; callers get the `EvergrantError` made of it. */
export class RequestFault extends Error {
  override readonly name = 'RequestFault';

  constructor(
    readonly fault: GmailFault,
    readonly retryAfterSeconds?: number | undefined,
    cause?: unknown,
  ) {
    super(`Gmail request failed: ${fault}`, { cause });
  }
}

/** How long to wait before the request may be made again; null when what was thrown is not passing. */
export function secondsBeforeRetry(thrown: unknown): number | null {
  if (!(thrown instanceof RequestFault) || !isRetryable(thrown.fault)) return null;
  return thrown.retryAfterSeconds ?? 0;
}
