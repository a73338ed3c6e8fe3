import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliveryLifeSeconds, nextAttemptInSeconds } from './retry-schedule.js';

const middle = 0.5;
function afterAttempt(attempts: number, ageSeconds = 0, retryAfterSeconds: number | null = null) {
  return { attempts, ageSeconds, retryAfterSeconds };
}

describe('the next attempt', () => {
  it.each([
    ['seconds after the first', 1, 5],
    ['minutes after the second', 2, 300],
    ['half an hour after the third', 3, 1_800],
    ['a day after the ninth', 9, 86_400],
    ['a day after every later one', 40, 86_400],
  ])('comes %s', (_when, attempts, seconds) => {
    expect(nextAttemptInSeconds(afterAttempt(attempts), middle)).toBe(seconds);
  });

  it.each([
    ['no sooner than the receiver asks for', afterAttempt(1, 0, 600), 600],
    ['no sooner than usual, though the receiver asks for less', afterAttempt(3, 0, 10), 1_800],
    ['as three days have passed, if it would come later', afterAttempt(9, 250_000), 9_200],
    ['as three days have passed, though the receiver asks for more', afterAttempt(1, 259_000, 86_400), 200],
    ['not at all when three days have passed', afterAttempt(3, 259_200), null],
    [
      'not at all after the first one of an event that had to wait for longer',
      afterAttempt(1, 400_000),
      null,
    ],
  ] as const)('comes %s', (_when, attempt, seconds) => {
    expect(nextAttemptInSeconds(attempt, middle)).toBe(seconds);
  });

  it('is jittered by a fifth', () => {
    expect(nextAttemptInSeconds(afterAttempt(2), 0)).toBeCloseTo(240);
    expect(nextAttemptInSeconds(afterAttempt(2), 1)).toBeCloseTo(360);
  });

  it('makes some ten attempts in three days, the last one at their end', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20 }), (draws) => {
        let ageSeconds = 0;
        let attempts = 1;
        for (const random of draws) {
          const next = nextAttemptInSeconds(afterAttempt(attempts, ageSeconds), random);
          if (next === null) break;
          expect(next).toBeGreaterThan(0);
          ageSeconds += next;
          attempts += 1;
        }
        expect(ageSeconds).toBeCloseTo(deliveryLifeSeconds);
        expect(attempts).toBeGreaterThanOrEqual(9);
        expect(attempts).toBeLessThanOrEqual(12);
      }),
    );
  });
});
