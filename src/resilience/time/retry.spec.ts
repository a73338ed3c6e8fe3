import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Clock } from './clock.js';
import { Deadline } from './deadline.js';
import { retry, type Ending, type RetryOptions } from './retry.js';

type Outcome = 'done' | 'busy' | 'no';

const limitMs = 10_000;
let clock: Clock;
let startedAtMs: number;
let attemptedAtMs: number[];
beforeEach(() => {
  jest.useFakeTimers();
  clock = new Clock();
  startedAtMs = clock.monotonicMs();
  attemptedAtMs = [];
});
afterEach(() => {
  jest.useRealTimers();
});

/** Attempts that end like this one after the other, the last one from then on. */
function attempting(endings: (Outcome | Error)[], tookMs = 0): () => Promise<Outcome> {
  return async () => {
    attemptedAtMs.push(clock.monotonicMs() - startedAtMs);
    const ending = endings[Math.min(attemptedAtMs.length, endings.length) - 1];
    if (tookMs > 0) await new Promise((resolve) => setTimeout(resolve, tookMs));
    if (ending instanceof Error) throw ending;
    return ending ?? 'no';
  };
}

function whenBusy(seconds: number) {
  return (ending: Ending<Outcome>) => ('error' in ending || ending.value === 'busy' ? seconds : null);
}

async function retried(
  attempt: () => Promise<Outcome>,
  options: Partial<RetryOptions<Outcome>> = {},
): Promise<Outcome> {
  const outcome = retry<Outcome>(
    {
      deadline: new Deadline(clock, limitMs),
      maxAttempts: 3,
      firstPauseMs: 100,
      longestPauseMs: 1_000,
      shortestAttemptMs: 500,
      retryAfterSeconds: whenBusy(0),
      ...options,
    },
    attempt,
  );
  outcome.catch(() => undefined);
  await jest.advanceTimersByTimeAsync(2 * limitMs);
  return outcome;
}

describe('work that may fail for a moment', () => {
  it.each<[string, (Outcome | Error)[], number, Outcome]>([
    ['once when it is done', ['done'], 1, 'done'],
    ['once when it is to be kept, whatever it is', ['no', 'done'], 1, 'no'],
    ['again after a value that asks for it', ['busy', 'done'], 2, 'done'],
    ['again after an error that asks for it', [new Error('reset'), 'done'], 2, 'done'],
    ['three times at most', ['busy'], 3, 'busy'],
  ])('is attempted %s', async (_how, endings, attempts, outcome) => {
    expect(await retried(attempting(endings))).toBe(outcome);
    expect(attemptedAtMs).toHaveLength(attempts);
  });

  it('throws what the last attempt threw', async () => {
    const work = retried(attempting([new Error('first'), new Error('second'), new Error('third')]));
    await expect(work).rejects.toThrow('third');
  });

  it('throws at once what is to be kept', async () => {
    const work = retried(attempting([new Error('no')]), { retryAfterSeconds: () => null });
    await expect(work).rejects.toThrow('no');
    expect(attemptedAtMs).toHaveLength(1);
  });

  it('is told how often it was attempted', async () => {
    const attemptsSeen: number[] = [];
    const once = (_ending: Ending<Outcome>, attempts: number) => (attemptsSeen.push(attempts), 0);
    await retried(attempting(['busy', 'busy', 'busy']), { retryAfterSeconds: once });
    expect(attemptsSeen).toEqual([1, 2, 3]);
  });

  it('tells of every pause before it is made', async () => {
    const onRetry = jest.fn<NonNullable<RetryOptions<Outcome>['onRetry']>>();
    await retried(attempting(['busy', 'done']), { onRetry });
    expect(onRetry.mock.calls).toEqual([
      [expect.objectContaining({ value: 'busy' }), { attempts: 1, pauseMs: expect.any(Number) }],
    ]);
  });
});

describe('the pause between two attempts', () => {
  it('is jittered, and never longer than its limit', async () => {
    const firstPauses = new Set<number>();
    for (let n = 0; n < 20; n += 1) {
      startedAtMs = clock.monotonicMs();
      attemptedAtMs = [];
      await retried(attempting(['busy']), { deadline: new Deadline(clock, limitMs), maxAttempts: 8 });
      const pauses = attemptedAtMs.slice(1).map((at, index) => at - attemptedAtMs[index]!);
      expect(Math.max(...pauses)).toBeLessThanOrEqual(1_001);
      firstPauses.add(pauses[0]!);
    }
    expect(firstPauses.size).toBeGreaterThan(1);
  });

  it('lasts at least as long as the answer asks for, and a little longer, so that not all come back at once', async () => {
    await retried(attempting(['busy', 'done']), { retryAfterSeconds: whenBusy(5) });
    expect(attemptedAtMs[1]).toBeGreaterThan(5_000);
    expect(attemptedAtMs[1]).toBeLessThanOrEqual(6_001);
  });

  it.each([
    ['longer than the time there is', 11],
    ['so long that the next attempt would have too little time', 9.6],
  ])('is not made when the answer asks for one %s', async (_what, seconds) => {
    expect(await retried(attempting(['busy', 'done']), { retryAfterSeconds: whenBusy(seconds) })).toBe(
      'busy',
    );
    expect(attemptedAtMs).toHaveLength(1);
  });

  it('is made when just that and one short attempt fit, without the jitter', async () => {
    await retried(attempting(['busy', 'done']), { retryAfterSeconds: whenBusy(9.45) });
    expect(attemptedAtMs[1]).toBeGreaterThanOrEqual(9_450);
    expect(attemptedAtMs[1]).toBeLessThanOrEqual(9_501);
  });

  it('is not made when the attempts themselves took the time', async () => {
    expect(await retried(attempting(['busy'], 4_900))).toBe('busy');
    expect(attemptedAtMs).toHaveLength(2);
  });
});
