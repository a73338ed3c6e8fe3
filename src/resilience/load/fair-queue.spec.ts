import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FairQueue, type FairQueueLimits } from './fair-queue.js';

const limits: FairQueueLimits = {
  total: 4,
  perOwner: 3,
  perLane: 2,
  waitingPerLane: 10,
  longestWaitMs: 1_000,
};

/** Work that ends when the test says so, in the order in which it began. */
class Works {
  readonly begun: string[] = [];
  private readonly ends: (() => void)[] = [];

  constructor(private readonly queue: FairQueue) {}

  ask(owner: string, lane = 'lane', signal?: AbortSignal): Promise<void> {
    const work = () => {
      this.begun.push(`${owner}/${lane}`);
      return new Promise<void>((resolve) => this.ends.push(resolve));
    };
    return this.queue.run({ owner, lane }, work, signal);
  }

  askMany(count: number, owner: string, lane?: string): void {
    for (let n = 0; n < count; n += 1) this.ask(owner, lane).catch(() => undefined);
  }

  async endOne(): Promise<void> {
    this.ends.shift()?.();
    await settled();
  }
}

/** Promises that are ready have been heard. */
async function settled(): Promise<void> {
  for (let n = 0; n < 10; n += 1) await Promise.resolve();
}

let works: Works;
beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  works = new Works(new FairQueue(limits));
});
afterEach(() => {
  jest.useRealTimers();
});

describe('at once run', () => {
  it.each<[string, [owner: string, lane: string][], number]>([
    ['so many of one lane', Array.from({ length: 5 }, () => ['a', 'x']), 2],
    ['so many of one owner', ['x', 'x', 'y', 'y', 'z'].map((lane) => ['a', lane]), 3],
    ['so many of all', ['a', 'a', 'b', 'b', 'c'].map((owner) => [owner, 'x']), 4],
  ])('%s', async (_case, asked, running) => {
    for (const [owner, lane] of asked) works.askMany(1, owner, lane);
    await settled();
    expect(works.begun).toHaveLength(running);
  });
});

describe('turns', () => {
  it('go round the owners, however many wait of one', async () => {
    const narrow = new Works(new FairQueue({ ...limits, total: 1 }));
    narrow.askMany(5, 'busy');
    narrow.askMany(2, 'quiet');
    await settled();
    for (let n = 0; n < 6; n += 1) await narrow.endOne();
    expect(narrow.begun.map((place) => place.split('/')[0]).slice(1, 5)).toEqual([
      'busy',
      'quiet',
      'busy',
      'quiet',
    ]);
    expect(narrow.begun).toHaveLength(7);
  });

  it('go round the lanes of one owner', async () => {
    const narrow = new Works(new FairQueue({ ...limits, total: 1 }));
    narrow.askMany(4, 'owner', 'busy');
    narrow.askMany(1, 'owner', 'quiet');
    await settled();
    for (let n = 0; n < 2; n += 1) await narrow.endOne();
    expect(narrow.begun).toContain('owner/quiet');
  });
});

describe('work that has to wait', () => {
  it('is refused at once where its lane is full', async () => {
    works.askMany(12, 'a');
    await expect(works.ask('a')).rejects.toMatchObject({ refusal: 'full' });
  });

  it('is refused when it has waited too long, and takes no turn any more', async () => {
    works.askMany(2, 'a');
    const late = works.ask('a').catch((failure: unknown) => failure);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await late).toMatchObject({ refusal: 'waitedTooLong' });
    await works.endOne();
    expect(works.begun).toHaveLength(2);
  });

  it('is given up with its caller, also one that was gone before', async () => {
    works.askMany(2, 'a');
    const caller = new AbortController();
    const waiting = works.ask('a', 'lane', caller.signal);
    const hungUp = new Error('hung up');
    caller.abort(hungUp);
    await expect(waiting).rejects.toBe(hungUp);
    await expect(works.ask('a', 'lane', caller.signal)).rejects.toBe(hungUp);
  });

  it('leaves room when it fails', async () => {
    const queue = new FairQueue({ ...limits, total: 1 });
    const place = { owner: 'a', lane: 'x' };
    await expect(queue.run(place, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await setImmediate();
    await expect(queue.run(place, async () => 'done')).resolves.toBe('done');
  });
});
