import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Recurrence } from './recurrence.js';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Work that ends when it is told to. */
function heldWork() {
  const ends: (() => void)[] = [];
  let begun = 0;
  const work = () => {
    begun += 1;
    return new Promise<void>((resolve) => ends.push(resolve));
  };
  return { work, end: () => ends.shift()?.(), begun: () => begun };
}

it('does its work at every interval', async () => {
  const { work, end, begun } = heldWork();
  const recurrence = new Recurrence(1_000, work);
  recurrence.start();
  for (const times of [1, 2, 3]) {
    await jest.advanceTimersByTimeAsync(1_000);
    expect(begun()).toBe(times);
    end();
  }
  await recurrence.stop();
});

it('leaves out an interval while the work of an earlier one goes on', async () => {
  const { work, end, begun } = heldWork();
  const recurrence = new Recurrence(1_000, work);
  recurrence.start();
  await jest.advanceTimersByTimeAsync(5_000);
  expect(begun()).toBe(1);
  end();
  await recurrence.stop();
});

it('waits for its work when it is stopped, and begins no more', async () => {
  const { work, end, begun } = heldWork();
  const recurrence = new Recurrence(1_000, work);
  recurrence.start();
  await jest.advanceTimersByTimeAsync(1_000);
  let stopped = false;
  const stopping = recurrence.stop().then(() => (stopped = true));
  await jest.advanceTimersByTimeAsync(5_000);
  expect(stopped).toBe(false);
  end();
  await stopping;
  expect(begun()).toBe(1);
});
