import type { Clock } from './clock.js';

/** A time limit, counted from its making; what is handed on is what is left of it. */
export class Deadline {
  private readonly endsAtMs: number;

  constructor(
    private readonly clock: Clock,
    limitMs: number,
  ) {
    this.endsAtMs = clock.monotonicMs() + limitMs;
  }

  leftMs(): number {
    return Math.max(0, this.endsAtMs - this.clock.monotonicMs());
  }

  /** Aborts with a `TimeoutError` when the limit is over. */
  signal(): AbortSignal {
    return AbortSignal.timeout(Math.floor(this.leftMs()));
  }
}
