import { describe, expect, it } from '@jest/globals';
import { quotaDecision, type QuotaDecision, type QuotaQuestion, sliceSize } from './quota-decision.js';

const question: QuotaQuestion = { needs: 20, held: 0, taken: [], limit: 100, longestWaitMs: 10_000 };
const admit = { kind: 'admit' } as const;
const ask = { kind: 'ask' } as const;

describe('A request to Gmail', () => {
  it.each<[string, Partial<QuotaQuestion>, QuotaDecision]>([
    ['goes out on units that are held', { held: 20 }, admit],
    [
      'goes out on them though all others are taken',
      { held: 20, taken: [{ units: 100, endsInMs: 1 }] },
      admit,
    ],
    ['asks for units where some may be left', {}, ask],
    ['asks for the last ones', { taken: [{ units: 80, endsInMs: 60_000 }] }, ask],
    ['asks for what it lacks', { held: 10, taken: [{ units: 90, endsInMs: 60_000 }] }, ask],
    [
      'waits for the units that are free soonest',
      {
        taken: [
          { units: 50, endsInMs: 9_000 },
          { units: 20, endsInMs: 4_000 },
          { units: 30, endsInMs: 50_000 },
        ],
      },
      { kind: 'wait', waitMs: 4_000 },
    ],
    [
      'waits for as many as it needs',
      {
        needs: 40,
        taken: [
          { units: 20, endsInMs: 4_000 },
          { units: 80, endsInMs: 9_000 },
        ],
      },
      { kind: 'wait', waitMs: 9_000 },
    ],
    [
      'waits as long as its call has time',
      { taken: [{ units: 100, endsInMs: 10_000 }] },
      { kind: 'wait', waitMs: 10_000 },
    ],
    [
      'is refused when that is not long enough, and told when',
      { taken: [{ units: 100, endsInMs: 10_001 }] },
      { kind: 'refuse', retryAfterSeconds: 11 },
    ],
    [
      'is refused at once when its call has no time left',
      { longestWaitMs: 0, taken: [{ units: 100, endsInMs: 20 }] },
      { kind: 'refuse', retryAfterSeconds: 1 },
    ],
    ['asks when what was taken counts no more', { taken: [{ units: 100, endsInMs: 0 }] }, ask],
  ])('%s', (_case, given, decision) => {
    expect(quotaDecision({ ...question, ...given })).toEqual(decision);
  });
});

describe('A slice of a quota', () => {
  it.each<[string, { units: number; spent: number }, number, number]>([
    ['is what the first request needs', { units: 0, spent: 0 }, 5, 5],
    ['is what waits', { units: 5, spent: 5 }, 160, 160],
    ['doubles while all of it is spent', { units: 80, spent: 80 }, 20, 160],
    ['shrinks to what was spent of the one before', { units: 160, spent: 40 }, 20, 40],
    ['is never more than a twentieth of the limit', { units: 250, spent: 250 }, 1_000, 300],
  ])('%s', (_case, former, waiting, size) => {
    expect(sliceSize(former, waiting, 6_000)).toBe(size);
  });
});
