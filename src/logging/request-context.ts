import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<{ requestId: string }>();

/** Does some work for a request; every line that any module logs meanwhile carries `requestId`. */
export function answeringRequest<T>(requestId: string, work: () => T): T {
  return current.run({ requestId }, work);
}

/** What lines that are logged now carry of the request that is being answered. */
export function requestFields(): { requestId?: string } {
  // A copy: pino writes each line's own fields into what it gets.
  return { ...current.getStore() };
}
