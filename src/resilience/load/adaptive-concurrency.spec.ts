import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AdaptiveConcurrency } from './adaptive-concurrency.js';

const bounds = { least: 2, most: 64 };

/** Rounds of as much as is allowed at once, each of which takes as long as told. */
function rounds(
  concurrency: AdaptiveConcurrency,
  times: number,
  tookMs: (asked: number) => number,
  from = 0,
): number {
  let now = from;
  for (let round = 0; round < times; round += 1) {
    const asked = concurrency.limit;
    const took = tookMs(asked);
    for (let n = 0; n < asked; n += 1) concurrency.learn('served', now, now + took);
    now += took;
  }
  return now;
}

describe('how much is asked at once', () => {
  it('doubles each round at first, up to the bound', () => {
    const concurrency = new AdaptiveConcurrency(bounds);
    const seen = [];
    for (let now = 0; now < 600; now = rounds(concurrency, 1, () => 100, now)) seen.push(concurrency.limit);
    expect(seen).toEqual([2, 4, 8, 16, 32, 64]);
  });

  it('halves once for all refusals of a round, and then grows by one a round', () => {
    const concurrency = new AdaptiveConcurrency(bounds);
    const now = rounds(concurrency, 5, () => 100);
    for (let n = 0; n < 64; n += 1) concurrency.learn('overloaded', now, now + 100 + n);
    expect(concurrency.limit).toBe(32);
    rounds(concurrency, 3, () => 100, now + 200);
    expect(concurrency.limit).toBeGreaterThanOrEqual(34);
    expect(concurrency.limit).toBeLessThanOrEqual(35);
  });

  it('settles near what a provider takes that grows slow beyond twenty at once', () => {
    const concurrency = new AdaptiveConcurrency(bounds);
    rounds(concurrency, 200, (asked) => (asked <= 20 ? 100 : 1_000));
    expect(concurrency.limit).toBeGreaterThanOrEqual(9);
    expect(concurrency.limit).toBeLessThanOrEqual(22);
  });

  it('begins again with little after an outage', () => {
    const concurrency = new AdaptiveConcurrency(bounds);
    rounds(concurrency, 5, () => 100);
    concurrency.restart();
    expect(concurrency.limit).toBe(2);
  });

  it('takes a lasting change of latency for the new measure', () => {
    const concurrency = new AdaptiveConcurrency(bounds);
    const now = rounds(concurrency, 5, () => 50);
    rounds(concurrency, 200, () => 200, now);
    expect(concurrency.limit).toBe(64);
  });

  it('stays within its bounds, whatever it learns', () => {
    const told = fc.array(
      fc.tuple(fc.constantFrom('served' as const, 'overloaded' as const), fc.nat(100_000), fc.nat(60_000)),
    );
    fc.assert(
      fc.property(told, (all) => {
        const concurrency = new AdaptiveConcurrency(bounds);
        for (const [reception, startedMs, tookMs] of all) {
          concurrency.learn(reception, startedMs, startedMs + tookMs);
          expect(concurrency.limit).toBeGreaterThanOrEqual(bounds.least);
          expect(concurrency.limit).toBeLessThanOrEqual(bounds.most);
        }
      }),
    );
  });
});
