import type { GmailFault } from './gmail-fault.js';

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
