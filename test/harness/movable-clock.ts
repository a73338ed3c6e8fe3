import { Clock } from '../../src/resilience/index.js';

/** This process's monotonic clock, moved by hand. */
export class MovableClock extends Clock {
  private offsetMs = 0;

  override monotonicMs(): number {
    return super.monotonicMs() + this.offsetMs;
  }

  advance(seconds: number): void {
    this.offsetMs += seconds * 1000;
  }
}
