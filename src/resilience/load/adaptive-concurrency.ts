/** How one piece of work was received by the system that does it. */
export type Reception = 'served' | 'overloaded';

export interface ConcurrencyBounds {
  least: number;
  most: number;
}

/** Slower than this many times its best, the system has too much to do. */
const congestedRatio = 3;
/** Below this, differences in latency say nothing. */
const noiseMs = 100;
/** How fast the best is forgotten, so that a lasting change becomes the measure. */
const bestDecay = 1.005;
const backOff = 0.5;

/**
 * How much may be asked of a system at once: doubles each round until there is resistance, then grows by one a round,
 * and halves when there is (additive increase, multiplicative decrease). Resistance is a refusal, or a latency of
 * several times the best. One round's refusals count once.
 */
export class AdaptiveConcurrency {
  private allowed: number;
  private slowStart = true;
  private bestMs = Number.POSITIVE_INFINITY;
  private lastDecreaseMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly bounds: ConcurrencyBounds) {
    this.allowed = bounds.least;
  }

  get limit(): number {
    return Math.floor(this.allowed);
  }

  /** Takes in how one piece of work went that began and ended at these instants of a monotonic clock. */
  learn(reception: Reception, startedMs: number, endedMs: number): void {
    const tookMs = endedMs - startedMs;
    if (reception === 'overloaded' || this.isCongested(tookMs)) this.decrease(startedMs, endedMs);
    else this.increase();
    if (reception === 'served') this.bestMs = Math.min(this.bestMs * bestDecay, tookMs);
  }

  /** After an outage, to begin again with little. */
  restart(): void {
    this.allowed = this.bounds.least;
    this.slowStart = true;
  }

  private isCongested(tookMs: number): boolean {
    return tookMs > noiseMs && tookMs > this.bestMs * congestedRatio;
  }

  private increase(): void {
    this.allowed = Math.min(this.bounds.most, this.allowed + (this.slowStart ? 1 : 1 / this.allowed));
  }

  /** What began before the last decrease tells of the time before it. */
  private decrease(startedMs: number, endedMs: number): void {
    if (startedMs < this.lastDecreaseMs) return;
    this.lastDecreaseMs = endedMs;
    this.slowStart = false;
    this.allowed = Math.max(this.bounds.least, this.allowed * backOff);
  }
}
