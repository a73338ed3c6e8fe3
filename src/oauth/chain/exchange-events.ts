import { Injectable } from '@nestjs/common';
import { EventEmitter } from 'cockatiel';
import type { CodeExchangeOutcome, ExchangePath, RefreshOutcome } from '../token-exchange.js';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** One answered request for tokens; holds none of them. */
export interface ExchangeRecord {
  operation: 'refresh' | 'confirm' | 'exchange-code';
  path: ExchangePath;
  status: (RefreshOutcome | CodeExchangeOutcome)['status'];
  /** Null for a success. */
  errorCode: string | null;
  reason: string | null;
  durationMs: number;
}

/** What happens on the way to tokens, for logs and metrics. */
@Injectable()
export class ExchangeEvents {
  private readonly outcomes = new EventEmitter<ExchangeRecord>();
  private readonly fallbacks = new EventEmitter<{ reason: string }>();
  private readonly breakerStates = new EventEmitter<BreakerState>();

  /** Every request ends in exactly one outcome. */
  readonly onOutcome = this.outcomes.addListener;
  /** The OAuth service brought nothing, so the provider is asked directly. */
  readonly onFallback = this.fallbacks.addListener;
  readonly onBreakerState = this.breakerStates.addListener;

  outcome(record: ExchangeRecord): void {
    this.outcomes.emit(record);
  }

  fallback(reason: string): void {
    this.fallbacks.emit({ reason });
  }

  breakerState(state: BreakerState): void {
    this.breakerStates.emit(state);
  }
}
