import { Injectable, Logger } from '@nestjs/common';
import {
  circuitBreaker,
  CircuitState,
  handleWhenResult,
  isBrokenCircuitError,
  type IBreaker,
} from 'cockatiel';
import { isServiceFailure, serviceFailure, type ServiceFailure } from '../service/service-failure.js';
import { ExchangeEvents, type BreakerState } from './exchange-events.js';

const failuresThatOpen = 5;
export const halfOpenAfterMs = 10_000;

const skipped = serviceFailure('breaker_open', { provablyNotSent: true, serviceFailed: 'for-good' });

/** Opens after so many failures in a row; after a probe that went well, at the first: a cheap probe says little of tokens. */
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
 * Keeps requests from an OAuth service that failed several times in a row, until a probe goes well. Failures of the
 * provider behind it do not count.
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

  /**
   * Makes the call, or says at once that the breaker is open: then provably nothing was sent. Requests for tokens are
   * never the probe, since the service may still hang.
   */
  async run<Outcome>(call: () => Promise<Outcome>): Promise<Outcome | ServiceFailure> {
    return this.state === 'closed' ? this.breaker.execute(call) : skipped;
  }

  /** Makes the probe that tells whether the service is back, once the breaker is half open. */
  async tryAgain<Outcome>(call: () => Promise<Outcome>): Promise<Outcome | ServiceFailure> {
    try {
      return await this.breaker.execute(call);
    } catch (error) {
      if (isBrokenCircuitError(error)) return skipped;
      throw error;
    }
  }
}
