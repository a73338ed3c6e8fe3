import { AdaptiveConcurrency, type Clock, type Reception } from '../../resilience/index.js';

const bounds = { least: 2, most: 64 };
/** A claim is worth its statement when it is for so much of what may run at once. */
const leastShareToClaim = 0.25;

const failuresThatClose = 5;
const firstRestMs = 5_000;
const longestRestMs = 60_000;

/**
 * Scheduled refreshes of one OAuth client in this process: as many at once as its provider takes well. After failures
 * in a row it rests, longer each time, and begins again with one; what waits meanwhile is not counted as failed.
 */
export class RefreshLane {
  private readonly concurrency = new AdaptiveConcurrency(bounds);
  private readonly freed = new Set<() => void>();
  private running = 0;
  private failuresInARow = 0;
  private restMs = firstRestMs;
  private restsUntilMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: Clock) {}

  /** Whether it is to be left alone for now. */
  get rests(): boolean {
    return this.clock.monotonicMs() < this.restsUntilMs;
  }

  /** Resolves when enough has ended to begin something: with how many may begin, 0 once it rests. */
  async slots(): Promise<number> {
    for (;;) {
      if (this.rests) return 0;
      const free = this.allowed - this.running;
      if (free >= Math.max(1, this.allowed * leastShareToClaim)) return free;
      await new Promise<void>((resolve) => this.freed.add(resolve));
    }
  }

  /** Does a piece of work that tells how it was received. */
  async run(work: () => Promise<Reception>): Promise<void> {
    const startedMs = this.clock.monotonicMs();
    this.running += 1;
    try {
      this.learn(await work(), startedMs);
    } finally {
      this.running -= 1;
      for (const resolve of this.freed) resolve();
      this.freed.clear();
    }
  }

  /** One that was closed tries a single piece of work first. */
  private get allowed(): number {
    return this.failuresInARow >= failuresThatClose ? 1 : this.concurrency.limit;
  }

  private learn(reception: Reception, startedMs: number): void {
    const nowMs = this.clock.monotonicMs();
    this.concurrency.learn(reception, startedMs, nowMs);
    if (reception === 'served') {
      this.failuresInARow = 0;
      this.restMs = firstRestMs;
      return;
    }
    this.failuresInARow += 1;
    // Of those that ran when it closed, each would close it again.
    if (this.failuresInARow < failuresThatClose || this.rests) return;
    this.restsUntilMs = nowMs + this.restMs;
    this.restMs = Math.min(this.restMs * 2, longestRestMs);
    this.concurrency.restart();
  }
}
