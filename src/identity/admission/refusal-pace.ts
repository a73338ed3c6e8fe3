import { Injectable } from '@nestjs/common';
import { type ErrorCode, EvergrantError } from '../../errors/index.js';
import { Clock } from '../../resilience/index.js';

const windowMs = 1_000;
const atOncePerWindow = 200;
const holdMs = 1_000;
/** The codes of wrong keys; a fault of ours is told at once. */
const slowedCodes: ReadonlySet<ErrorCode> = new Set(['UNAUTHENTICATED', 'RATE_LIMITED']);
/** Held answers are memory; those beyond it are not held. */
const mostHeld = 5_000;

/**
 * Slows down a flood of callers whom we do not know. When more are refused in a second than ever happens by mistake,
 * further refusals are held for a second, so that a client which asks again at once cannot fill the process with
 * refusals. Callers with a good key are never held.
 */
@Injectable()
export class RefusalPace {
  private windowEndsAtMs = 0;
  private refused = 0;
  private held = 0;

  constructor(private readonly clock: Clock) {}

  /** What `check` finds; if it refuses the caller, that is heard when a refusal may be answered. */
  async slowed<Found>(check: () => Promise<Found>): Promise<Found> {
    try {
      return await check();
    } catch (refusal) {
      if (refusal instanceof EvergrantError && slowedCodes.has(refusal.code)) await this.next();
      throw refusal;
    }
  }

  /** Resolves when a refusal may be answered. */
  private async next(): Promise<void> {
    const nowMs = this.clock.monotonicMs();
    if (nowMs >= this.windowEndsAtMs) {
      this.windowEndsAtMs = nowMs + windowMs;
      this.refused = 0;
    }
    this.refused += 1;
    if (this.refused <= atOncePerWindow || this.held >= mostHeld) return;
    this.held += 1;
    await new Promise((resolve) => setTimeout(resolve, holdMs));
    this.held -= 1;
  }
}
