import { beforeEach, describe, expect, it } from '@jest/globals';
import { SingleFlight } from './single-flight.js';

/** Work that ends when it is told to. */
class Work {
  private readonly settle: { resolve: (value: string) => void; reject: (cause: Error) => void }[] = [];

  readonly run = (): Promise<string> =>
    new Promise((resolve, reject) => void this.settle.push({ resolve, reject }));

  get started(): number {
    return this.settle.length;
  }

  end(index: number, value: string): void {
    this.settle[index]?.resolve(value);
  }

  fail(index: number): void {
    this.settle[index]?.reject(new Error('away'));
  }
}

let flights: SingleFlight<string>;
let work: Work;
beforeEach(() => {
  flights = new SingleFlight();
  work = new Work();
});

describe('work of one key', () => {
  it('starts at once, and is shared by all who ask while it runs', async () => {
    const asked = Array.from({ length: 100 }, () => flights.run('a', work.run));
    expect(work.started).toBe(1);
    work.end(0, 'done');
    expect(new Set(await Promise.all(asked))).toEqual(new Set(['done']));
  });

  it('fails for all who share it', async () => {
    const asked = [flights.run('a', work.run), flights.run('a', work.run)];
    work.fail(0);
    const results = await Promise.allSettled(asked);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it.each([
    ['when it has succeeded', () => work.end(0, 'done')],
    ['when it has failed', () => work.fail(0)],
  ])('is forgotten %s', async (_when, settle) => {
    const first = flights.run('a', work.run);
    settle();
    await first.catch(() => undefined);
    expect(flights.isRunning('a')).toBe(false);
    void flights.run('a', work.run);
    expect(work.started).toBe(2);
  });

  it('is a rejection too when it throws before its first await', async () => {
    const thrown = flights.run('a', () => {
      throw new Error('at once');
    });
    await expect(thrown).rejects.toThrow('at once');
    expect(flights.isRunning('a')).toBe(false);
  });

  it('can be replaced: who comes later shares the new one, which outlives the end of the old', async () => {
    const old = flights.run('a', work.run);
    const replaced = flights.replace('a', work.run);
    work.end(0, 'old');
    expect(await old).toBe('old');
    const joined = flights.run('a', work.run);
    expect(work.started).toBe(2);
    work.end(1, 'new');
    expect(await Promise.all([replaced, joined])).toEqual(['new', 'new']);
  });
});

it('keeps the work of different keys apart', async () => {
  const [a, b] = [flights.run('a', work.run), flights.run('b', work.run)];
  work.end(1, 'of b');
  expect(await b).toBe('of b');
  expect(flights.isRunning('a')).toBe(true);
  work.end(0, 'of a');
  expect(await a).toBe('of a');
});

it('is drained when everything under way has ended, failures included', async () => {
  const asked = Promise.allSettled([flights.run('a', work.run), flights.run('b', work.run)]);
  let drained = false;
  const draining = flights.drained().then(() => (drained = true));
  work.fail(0);
  await Promise.resolve();
  expect(drained).toBe(false);
  work.end(1, 'done');
  await draining;
  await asked;
  expect(drained).toBe(true);
});
