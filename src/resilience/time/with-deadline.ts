/**
 * Does work that a signal can end, which aborts at the deadline (`TimeoutError`) or when the caller's does. Nothing
 * outlives the work: `AbortSignal.timeout` with `AbortSignal.any` would hold on to all of a call until the deadline.
 */
export async function withDeadline<T>(
  deadlineMs: number,
  caller: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const onDeadline = (): void =>
    controller.abort(new DOMException(`Not done within ${deadlineMs} ms`, 'TimeoutError'));
  const onCallerAbort = (): void => controller.abort(caller?.reason);

  const timer = setTimeout(onDeadline, deadlineMs).unref();
  if (caller?.aborted === true) onCallerAbort();
  else caller?.addEventListener('abort', onCallerAbort);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    caller?.removeEventListener('abort', onCallerAbort);
  }
}
