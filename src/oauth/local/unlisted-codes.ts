import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { MetricsRegistry } from '../../metrics/index.js';
import { ProviderRegistry } from '../providers/index.js';
import type { CodeExchangeOutcome, RefreshOutcome } from '../token-exchange.js';

/** So many have a name in the metric, lest a provider that invents codes fills the memory of what scrapes it. */
const largestNamed = 50;

/**
 * Names the error codes of a provider's token endpoint that no table of ours lists. They decide nothing, so the caller
 * is told to come again; the operator has to hear of them, because a grant that always meets one never works.
 */
@Injectable()
export class UnlistedCodes {
  private readonly logger = new Logger(UnlistedCodes.name);
  private readonly named = new Set<string>();
  private readonly counter: Counter;

  constructor(registry: MetricsRegistry, providers: ProviderRegistry) {
    this.counter = new Counter({
      name: 'evergrant_oauth_unlisted_codes_total',
      help: 'Answers of a token endpoint whose error code is not known here, by code',
      labelNames: ['provider', 'code'],
      registers: [registry],
    });
    for (const provider of providers.names()) this.counter.inc({ provider, code: 'other' }, 0);
  }

  /** Counts and logs the outcome if it is such an answer, and hands it on. */
  noting<Outcome extends RefreshOutcome | CodeExchangeOutcome>(provider: string, outcome: Outcome): Outcome {
    if (outcome.status === 'unavailable' && outcome.isUnlisted) {
      const code = outcome.reason;
      if (this.named.size < largestNamed) this.named.add(code);
      this.counter.inc({ provider, code: this.named.has(code) ? code : 'other' });
      this.logger.error({ msg: 'A provider answered with an error code that is not known', provider, code });
    }
    return outcome;
  }
}
