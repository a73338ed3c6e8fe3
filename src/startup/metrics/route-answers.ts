/** Upper bounds of the buckets, in milliseconds. */
const boundsMs = [1, 5, 25, 100, 500, 1_000, 5_000, 25_000] as const;

/**
 * What one route has answered, in plain numbers: prom-client takes labels apart and hashes them at each count, which
 * is a good part of what an answer from memory costs. They become metrics when they are asked for.
 */
export class RouteAnswers {
  /** How many answers had this status. */
  readonly byStatus = new Map<number, number>();
  private readonly inBucket = new Array<number>(boundsMs.length + 1).fill(0);
  private sumMs = 0;

  constructor(
    readonly method: string,
    /** As it was declared, such as `/api/instances/:id`; a path may hold a secret. */
    readonly route: string,
    startsWith: readonly number[],
  ) {
    for (const status of startsWith) this.byStatus.set(status, 0);
  }

  count(status: number, durationMs: number): void {
    this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + 1);
    const bucket = boundsMs.findIndex((boundMs) => durationMs <= boundMs);
    const index = bucket === -1 ? boundsMs.length : bucket;
    this.inBucket[index] = (this.inBucket[index] ?? 0) + 1;
    this.sumMs += durationMs;
  }

  /** Prometheus's histogram: each bucket holds those below it too, the last all. In seconds. */
  durations(): { buckets: { le: number | '+Inf'; count: number }[]; sumSeconds: number; count: number } {
    let count = 0;
    const buckets = this.inBucket.map((answers, n) => {
      count += answers;
      const boundMs = boundsMs[n];
      return { le: boundMs === undefined ? ('+Inf' as const) : boundMs / 1000, count };
    });
    return { buckets, sumSeconds: this.sumMs / 1000, count };
  }
}
