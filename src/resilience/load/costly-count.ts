import { timeout, TimeoutStrategy } from 'cockatiel';
import type { Clock } from '../time/clock.js';

const waitLimitMs = 2_000;
/** What takes no longer than this is counted as often as it is asked for. */
const cheapMs = 500;
/** A costly count keeps the database busy for one part of the time in so many. */
const restFactor = 20;

/**
 * A count that may take long, for metrics: one at a time, however often it is asked for, and what
 * it found stands the longer the longer it took.
 */
export class CostlyCount<Row> {
  private running: Promise<Row[]> | null = null;
  private found: { rows: Row[]; untilMs: number } | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly count: () => Promise<Row[]>,
  ) {}

  /**
   * While a count takes longer than two seconds, what the one before has found.
   * @throws what the count throws, and cockatiel's `TaskCancelledError` when there was none before
   */
  async rows(): Promise<Row[]> {
    if (this.found && this.clock.monotonicMs() < this.found.untilMs) return this.found.rows;
    this.running ??= this.countAnew().finally(() => (this.running = null));
    const { running, found } = this;
    try {
      return await timeout(waitLimitMs, TimeoutStrategy.Aggressive).execute(() => running);
    } catch (error) {
      if (found && this.running === running) return found.rows;
      throw error;
    }
  }

  private async countAnew(): Promise<Row[]> {
    const startedAtMs = this.clock.monotonicMs();
    try {
      const rows = await this.count();
      const endedAtMs = this.clock.monotonicMs();
      const tookMs = endedAtMs - startedAtMs;
      this.found = { rows, untilMs: endedAtMs + (tookMs > cheapMs ? tookMs * restFactor : 0) };
      return rows;
    } catch (error) {
      this.found = null;
      throw error;
    }
  }
}
