import { describe, expect, it } from '@jest/globals';
import type { CountedBucket } from '../../credentials/index.js';
import { bucketStarts, figureWindows, keyFigures } from './key-figures.js';

function counted(at: string, counts: Partial<CountedBucket>): CountedBucket {
  return {
    ...{ refreshed: 0, rejected: 0, unavailable: 0, unknown: 0 },
    ...{ direct: 0, serviceAnswered: 0, serviceFailed: 0, reauthentications: 0 },
    ...counts,
    at: new Date(at),
  };
}

describe('the buckets of a window', () => {
  it.each([
    ['24h', '2026-03-02T10:20:30.400Z', '2026-03-01T11:00:00.000Z', '2026-03-02T10:00:00.000Z'],
    ['24h', '2026-03-02T10:00:00.000Z', '2026-03-01T11:00:00.000Z', '2026-03-02T10:00:00.000Z'],
    ['24h', '2026-03-02T09:59:59.999Z', '2026-03-01T10:00:00.000Z', '2026-03-02T09:00:00.000Z'],
    ['30d', '2026-03-02T10:20:30.400Z', '2026-02-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z'],
    // A leap year's February, and the hour that some clocks leave out.
    ['30d', '2028-03-01T00:00:00.000Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['24h', '2026-03-29T12:00:00.000Z', '2026-03-28T13:00:00.000Z', '2026-03-29T12:00:00.000Z'],
  ] as const)('%s at %s are from %s to the one that begins at %s', (window, now, first, last) => {
    const starts = bucketStarts(window, Date.parse(now)).map((at) => at.toISOString());
    expect(starts).toHaveLength(figureWindows[window].buckets);
    expect([starts[0], starts.at(-1)]).toEqual([first, last]);
    expect(starts).toEqual([...new Set(starts)].sort());
  });
});

const starts = ['2026-03-02T09:00:00Z', '2026-03-02T10:00:00Z'].map((at) => new Date(at));
const early = '2026-03-02T09:00:00Z';
const late = '2026-03-02T10:00:00Z';

describe('the key figures', () => {
  it.each([
    ['of nothing there is no share', [], { of: 0, count: 0, share: null }],
    ['a token each time', [counted(early, { refreshed: 4 })], { of: 4, count: 4, share: 1 }],
    [
      'whatever brought none counts against it',
      [counted(early, { refreshed: 5, rejected: 1, unavailable: 2 }), counted(late, { unknown: 2 })],
      { of: 10, count: 5, share: 0.5 },
    ],
    [
      'what lies outside the window does not',
      [counted('2026-03-02T08:00:00Z', { rejected: 9 }), counted(late, { refreshed: 1 })],
      { of: 1, count: 1, share: 1 },
    ],
  ])('success: %s', (_case, buckets, total) => {
    expect(keyFigures(starts, buckets).refreshSuccess.total).toEqual(total);
  });

  it.each([
    ['it answered', { refreshed: 3, serviceAnswered: 3 }, { of: 3, count: 3, share: 1 }],
    ['it failed', { refreshed: 4, direct: 4, serviceFailed: 4 }, { of: 4, count: 0, share: 0 }],
    [
      'it answered that the provider did not',
      { unavailable: 2, direct: 2, serviceAnswered: 2 },
      { of: 2, count: 2, share: 1 },
    ],
    ['nothing is known of old refreshes', { refreshed: 7 }, { of: 0, count: 0, share: null }],
  ])('availability of the OAuth service: %s', (_case, counts, total) => {
    expect(keyFigures(starts, [counted(late, counts)]).oauthServiceAvailability.total).toEqual(total);
  });

  it.each([
    ['never', { refreshed: 3 }, { of: 3, count: 0, share: 0 }],
    ['for some', { refreshed: 2, unavailable: 2, direct: 1 }, { of: 4, count: 1, share: 0.25 }],
  ])('fallback: %s', (_case, counts, total) => {
    expect(keyFigures(starts, [counted(late, counts)]).fallbackUse.total).toEqual(total);
  });

  it('say each bucket in its order, those in which nothing happened too', () => {
    const figures = keyFigures(starts, [counted(late, { refreshed: 1, direct: 1, reauthentications: 2 })]);
    expect(figures.refreshSuccess.series).toEqual([
      { at: starts[0], of: 0, count: 0, share: null },
      { at: starts[1], of: 1, count: 1, share: 1 },
    ]);
    expect(figures.reauthentications).toEqual({
      total: { count: 2 },
      series: [
        { at: starts[0], count: 0 },
        { at: starts[1], count: 2 },
      ],
    });
  });
});
