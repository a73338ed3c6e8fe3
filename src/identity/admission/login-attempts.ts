import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { EvergrantError } from '../../errors/index.js';
import { Clock } from '../../resilience/index.js';

const capacity = 10_000;
const failuresPerMinute = 20;
const windowMs = 60_000;

/** Failed attempts to open a console session, for each client address. In this process's memory only. */
@Injectable()
export class LoginAttempts {
  private readonly windows = new LRUCache<string, { attempts: number; endsAtMs: number }>({ max: capacity });

  constructor(private readonly clock: Clock) {}

  /** Counts a wrong key. @throws EvergrantError `RATE_LIMITED` */
  failed(address: string): void {
    const nowMs = this.clock.monotonicMs();
    const known = this.windows.get(address);
    const window = known && known.endsAtMs > nowMs ? known : { attempts: 0, endsAtMs: nowMs + windowMs };
    if (window.attempts >= failuresPerMinute) {
      const retryAfterSeconds = Math.ceil((window.endsAtMs - nowMs) / 1000);
      throw new EvergrantError('RATE_LIMITED', { retryAfterSeconds });
    }
    window.attempts += 1;
    this.windows.set(address, window);
  }
}
