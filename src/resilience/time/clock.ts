import { Injectable } from '@nestjs/common';

/** Monotonic time of this process. Wall-clock time is the database's alone (`evergrant_now()`). */
@Injectable()
export class Clock {
  monotonicMs(): number {
    return performance.now();
  }
}
