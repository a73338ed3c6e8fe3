import { Clock } from '../../resilience/index.js';

/** A clock that stands still unless a test moves it. */
export class HandClock extends Clock {
  nowMs = 0;

  override monotonicMs(): number {
    return this.nowMs;
  }
}
