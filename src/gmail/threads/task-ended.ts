import { isBulkheadRejectedError } from 'cockatiel';

/** A task in a thread came to no result. */
export class TaskEnded extends Error {
  override readonly name = 'TaskEnded';
  /** The class or code of what ended it, or `TooManyWaiting`; its message could hold mail. */
  readonly reason: string;

  constructor(task: string, cause: unknown) {
    super(`The task ${task} in a thread came to no result`, { cause });
    this.reason = reasonOf(cause);
  }
}

function reasonOf(failure: unknown): string {
  if (typeof failure !== 'object' || failure === null) return 'unknown';
  if (failure instanceof Error && isBulkheadRejectedError(failure)) return 'TooManyWaiting';
  const { name, code, cause } = failure as { name?: unknown; code?: unknown; cause?: unknown };
  // Piscina says that it was aborted; what for is the cause.
  if (name === 'AbortError' && cause !== undefined) return reasonOf(cause);
  const [reason = 'unknown'] = [code, name].filter((each) => typeof each === 'string');
  return reason;
}
