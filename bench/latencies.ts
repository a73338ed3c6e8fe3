import { createHistogram, performance } from 'node:perf_hooks';

const nsPerMs = 1e6;

/** Durations of one kind of work, kept in Node's HDR histogram. */
export class Latencies {
  private readonly histogram = createHistogram({ figures: 3 });

  /** Does the work and keeps how long it took, if it did not throw. */
  async time<T>(work: () => Promise<T>): Promise<T> {
    const startedAtMs = performance.now();
    const result = await work();
    this.histogram.record(Math.max(1, Math.round((performance.now() - startedAtMs) * nsPerMs)));
    return result;
  }

  get count(): number {
    return this.histogram.count;
  }

  /** In milliseconds; `percent` is above 0 and at most 100. */
  percentileMs(percent: number): number {
    return this.histogram.percentile(percent) / nsPerMs;
  }
}
