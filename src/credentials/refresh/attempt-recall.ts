import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { TokenExchange, type RefreshOutcome } from '../../oauth/index.js';
import { Clock } from '../../resilience/index.js';

const pollMs = 250;
const waitLimitMs = 10_000;

/** What became of an attempt whose holder died or hung up. */
export type Recalled =
  { status: 'settled'; outcome: RefreshOutcome } | { status: 'pending' | 'unknown' | 'unavailable' };

/** Asks for the outcome of an earlier attempt, before anything is presented to the provider again. */
@Injectable()
export class AttemptRecall {
  constructor(
    private readonly exchange: TokenExchange,
    private readonly clock: Clock,
  ) {}

  /** Waits up to ten seconds for an attempt that still runs; then it is pending. */
  async outcomeOf(attemptId: string): Promise<Recalled> {
    const giveUpAtMs = this.clock.monotonicMs() + waitLimitMs;
    for (;;) {
      const recalled = await this.exchange.recall(attemptId);
      if (recalled.status !== 'running') return recalled;
      if (this.clock.monotonicMs() >= giveUpAtMs) return { status: 'pending' };
      await pause(pollMs);
    }
  }
}
