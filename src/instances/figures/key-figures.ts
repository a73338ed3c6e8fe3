import type { BucketUnit, CountedBucket, RefreshCounts } from '../../credentials/index.js';

/** How long figures look back, and by which parts of time. */
export const figureWindows = {
  '24h': { unit: 'hour', buckets: 24, bucketSeconds: 3_600 },
  '30d': { unit: 'day', buckets: 30, bucketSeconds: 86_400 },
} as const satisfies Record<string, { unit: BucketUnit; buckets: number; bucketSeconds: number }>;
export type FigureWindow = keyof typeof figureWindows;

/** How many of how many. */
export interface Share {
  of: number;
  count: number;
  /** Between 0 and 1; null of nothing. */
  share: number | null;
}

/** A figure over the whole window, and in each part of it. */
export interface Course<Figure> {
  total: Figure;
  series: (Figure & { at: Date })[];
}

/** What is looked at first. */
export interface KeyFigures {
  /** Refreshes that brought a token, of all that were made. */
  refreshSuccess: Course<Share>;
  /** Refreshes for which the OAuth service gave an answer, of those that asked it. */
  oauthServiceAvailability: Course<Share>;
  /** Refreshes whose outcome came straight from the provider, of all. */
  fallbackUse: Course<Share>;
  /** How often a person began to be asked to sign in. */
  reauthentications: Course<{ count: number }>;
}

/** The beginnings of the window's buckets, in UTC, the oldest first; the last one is under way. */
export function bucketStarts(window: FigureWindow, nowMs: number): Date[] {
  const { buckets, bucketSeconds } = figureWindows[window];
  const lastMs = nowMs - (nowMs % (bucketSeconds * 1_000));
  return Array.from(
    { length: buckets },
    (_none, index) => new Date(lastMs - (buckets - 1 - index) * bucketSeconds * 1_000),
  );
}

/** @param counted buckets in which something happened; those outside the window do not count */
export function keyFigures(starts: readonly Date[], counted: readonly CountedBucket[]): KeyFigures {
  const byStart = new Map(counted.map((bucket) => [bucket.at.getTime(), bucket]));
  const buckets = starts.map((at) => ({ ...nothing, ...byStart.get(at.getTime()), at }));
  return {
    refreshSuccess: shares(buckets, refreshes, ({ refreshed }) => refreshed),
    oauthServiceAvailability: shares(
      buckets,
      ({ serviceAnswered, serviceFailed }) => serviceAnswered + serviceFailed,
      ({ serviceAnswered }) => serviceAnswered,
    ),
    fallbackUse: shares(buckets, refreshes, ({ direct }) => direct),
    reauthentications: {
      total: { count: sum(buckets, ({ reauthentications }) => reauthentications) },
      series: buckets.map(({ at, reauthentications }) => ({ at, count: reauthentications })),
    },
  };
}

const nothing: RefreshCounts = {
  ...{ refreshed: 0, rejected: 0, unavailable: 0, unknown: 0 },
  ...{ direct: 0, serviceAnswered: 0, serviceFailed: 0, reauthentications: 0 },
};

type Measure = (counts: RefreshCounts) => number;

function refreshes({ refreshed, rejected, unavailable, unknown }: RefreshCounts): number {
  return refreshed + rejected + unavailable + unknown;
}

function shares(buckets: readonly CountedBucket[], of: Measure, count: Measure): Course<Share> {
  return {
    total: share(sum(buckets, of), sum(buckets, count)),
    series: buckets.map((bucket) => ({ at: bucket.at, ...share(of(bucket), count(bucket)) })),
  };
}

function share(of: number, count: number): Share {
  return { of, count, share: of === 0 ? null : count / of };
}

function sum(buckets: readonly CountedBucket[], measure: Measure): number {
  return buckets.reduce((total, bucket) => total + measure(bucket), 0);
}
