import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { callerPauseSeconds, drawRefreshDelaySeconds, mayRefreshInBackground } from './refresh-schedule.js';

describe('the next refresh', () => {
  it('is drawn between 70 and 85 % of the token’s life', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 1e6 }),
        (drawn, lifetimeSeconds) => {
          const delay = drawRefreshDelaySeconds(lifetimeSeconds, () => drawn);
          expect(delay).toBeGreaterThanOrEqual(lifetimeSeconds * 0.7);
          expect(delay).toBeLessThanOrEqual(lifetimeSeconds * 0.85);
        },
      ),
    );
  });

  it('differs between tokens obtained together', () => {
    expect(new Set(Array.from({ length: 20 }, () => drawRefreshDelaySeconds(3600))).size).toBeGreaterThan(1);
  });
});

describe('a refresh behind a caller’s back', () => {
  it.each([
    [0, null, true],
    [1, 1, false],
    [1, 2, true],
    [3, 7, false],
    [3, 8, true],
    [30, 59, false],
    [30, 60, true],
  ])('after %i failures, the last %s seconds ago: %s', (consecutiveFailures, failedSecondsAgo, may) => {
    expect(mayRefreshInBackground({ consecutiveFailures, failedSecondsAgo })).toBe(may);
  });
});

describe('a caller’s own request after failures', () => {
  it.each([
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 3],
    [5, 7],
    [6, 15],
    [7, 30],
    [40, 30],
  ])('%i in a row, the last just now, waits for %i seconds', (consecutiveFailures, expected) => {
    expect(callerPauseSeconds({ consecutiveFailures, failedSecondsAgo: 0 })).toBe(expected);
  });

  it('waits for what is left of that', () => {
    expect(callerPauseSeconds({ consecutiveFailures: 7, failedSecondsAgo: 29 })).toBe(1);
    expect(callerPauseSeconds({ consecutiveFailures: 7, failedSecondsAgo: 31 })).toBe(0);
    expect(callerPauseSeconds({ consecutiveFailures: 0, failedSecondsAgo: null })).toBe(0);
  });
});
