/** A task in a thread came to no result. */
export class TaskEnded extends Error {
  override readonly name = 'TaskEnded';
  /** The class or code of what ended it; its message could hold mail. */
  readonly reason: string;

  constructor(task: string, cause: unknown) {
    super(`The task ${task} in a thread came to no result`, { cause });
    this.reason = reasonOf(cause);
  }
}

function reasonOf(failure: unknown): string {
  if (!(failure instanceof Error)) return 'unknown';
  // Piscina says that it was aborted; what for is the cause.
  if (failure.name === 'AbortError' && failure.cause !== undefined) return reasonOf(failure.cause);
  return 'code' in failure && typeof failure.code === 'string' ? failure.code : failure.name;
}
