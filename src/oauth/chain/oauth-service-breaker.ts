import { Injectable, Logger } from '@nestjs/common';
import {
  circuitBreaker,
  CircuitState,
  handleWhenResult,
  isBrokenCircuitError,
  type IBreaker,
} from 'cockatiel';
import { isServiceFailure, serviceFailure, type ServiceFailure } from '../remote/service-failure.js';
import { ExchangeEvents, type BreakerState } from './exchange-events.js';

const failuresThatOpen = 5;
export const halfOpenAfterMs = 10_000;

const skipped = serviceFailure('breaker_open', { provablyNotSent: true, serviceFailed: 'for-good' });

/** Five failures in a row open it; after a trial that went well, one: a cheap trial says little of tokens. */
class FailuresInARow implements IBreaker {
  state = 0;

  success(of: CircuitState): void {
    this.state = of === CircuitState.HalfOpen ? failuresThatOpen - 1 : 0;
  }

  failure(): boolean {
    this.state += 1;
    return this.state >= failuresThatOpen;
  }
}

/**
 * Keeps requests from an OAuth service that failed five times in a row; after ten seconds one request tries it
 * again. Failures of the provider behind it do not count.
 */
@Injectable()
export class OAuthServiceBreaker {
  private readonly logger = new Logger(OAuthServiceBreaker.name);
  private readonly breaker = circuitBreaker(
    handleWhenResult(
      (outcome) => typeof outcome === 'object' && outcome !== null && isServiceFailure(outcome),
    ),
    { halfOpenAfter: halfOpenAfterMs, breaker: new FailuresInARow() },
  );

  constructor(events: ExchangeEvents) {
    this.breaker.onStateChange(() => {
      this.logger.warn({ msg: 'Circuit breaker of the OAuth service changed', state: this.state });
      events.breakerState(this.state);
    });
  }

  get state(): BreakerState {
    switch (this.breaker.state) {
      case CircuitState.Closed:
        return 'closed';
      case CircuitState.HalfOpen:
        return 'half-open';
      case CircuitState.Open:
      case CircuitState.Isolated:
        return 'open';
    }
  }

  /** Makes the call, or says at once that the service is left in peace: then provably nothing was sent. */
  async run<Outcome>(call: () => Promise<Outcome>): Promise<Outcome | ServiceFailure> {
    // Cockatiel would make everybody wait for the one request that tries the service again.
    if (this.state === 'half-open') return skipped;
    try {
      return await this.breaker.execute(call);
    } catch (error) {
      if (isBrokenCircuitError(error)) return skipped;
      throw error;
    }
  }
}
