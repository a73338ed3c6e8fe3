import { Injectable, Logger } from '@nestjs/common';
import {
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  isBrokenCircuitError,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { LRUCache } from 'lru-cache';
import type {
  CodeExchangeOutcome,
  CodeExchangeRequest,
  RefreshOutcome,
  RefreshRequest,
  Unavailable,
} from '../token-exchange.js';

const failuresThatOpen = 10;
const halfOpenAfterMs = 5_000;
const clientsRemembered = 1_000;

/**
 * One breaker for each provider's token endpoint and OAuth client: it opens after so many requests in a row that brought
 * no answer. Verdicts are answers, and so is a Retry-After, which the gate keeps.
 */
@Injectable()
export class ProviderBreakers {
  private readonly logger = new Logger(ProviderBreakers.name);
  private readonly breakers = new LRUCache<string, CircuitBreakerPolicy>({ max: clientsRemembered });

  /** Makes the call, or says at once that the provider does not answer: then provably nothing was sent. */
  async run<Outcome extends RefreshOutcome | CodeExchangeOutcome>(
    { provider, client }: RefreshRequest | CodeExchangeRequest,
    call: () => Promise<Outcome>,
  ): Promise<Outcome | Unavailable> {
    try {
      return await this.breaker(provider, client.clientId).execute(call);
    } catch (error) {
      if (isBrokenCircuitError(error)) return skipped;
      throw error;
    }
  }

  private breaker(provider: string, clientId: string): CircuitBreakerPolicy {
    const name = JSON.stringify([provider, clientId]);
    const known = this.breakers.get(name);
    if (known) return known;
    const breaker = circuitBreaker(handleWhenResult(isSilence), {
      halfOpenAfter: halfOpenAfterMs,
      breaker: new ConsecutiveBreaker(failuresThatOpen),
    });
    breaker.onStateChange((state) =>
      this.logger.warn({
        msg: 'Circuit breaker of a provider changed',
        provider,
        state: CircuitState[state],
      }),
    );
    this.breakers.set(name, breaker);
    return breaker;
  }
}

function isSilence(result: unknown): boolean {
  const { status, errorCode, retryAfterSeconds, isUnlisted } = result as Partial<Unavailable>;
  return (
    status === 'unavailable' && errorCode !== 'UNKNOWN_ERROR' && retryAfterSeconds === null && !isUnlisted
  );
}

const skipped: Unavailable = {
  status: 'unavailable',
  path: 'direct',
  errorCode: 'SERVICE_UNAVAILABLE',
  reason: 'provider_breaker_open',
  retryAfterSeconds: null,
  provablyNotSent: true,
};
