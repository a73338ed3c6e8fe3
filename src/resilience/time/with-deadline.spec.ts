import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { withDeadline } from './with-deadline.js';

/** Work that ends only when its signal does, with the signal's reason. */
function endless(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

describe('work with a deadline', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('ends at the deadline as a timeout', async () => {
    const ended = expect(withDeadline(300, undefined, endless)).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await jest.advanceTimersByTimeAsync(299);
    await jest.advanceTimersByTimeAsync(1);
    await ended;
  });

  it("ends with its caller, and with the caller's reason", async () => {
    const caller = new AbortController();
    const reason = new Error('the client hung up');
    const work = withDeadline(300, caller.signal, endless);
    caller.abort(reason);
    await expect(work).rejects.toBe(reason);
  });

  it('ends at once where its caller had gone before', async () => {
    const reason = new Error('too late');
    await expect(withDeadline(300, AbortSignal.abort(reason), endless)).rejects.toBe(reason);
  });

  it('leaves neither a timer nor a listener behind', async () => {
    const { signal } = new AbortController();
    await expect(withDeadline(300, signal, async () => 'done')).resolves.toBe('done');
    await expect(withDeadline(300, signal, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(jest.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
