import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import { labelCombinations, MetricsRegistry } from '../metrics/index.js';
import { ExchangeEvents, type BreakerState, type ExchangeRecord } from './chain/exchange-events.js';
import { OAuthServiceStatus } from './chain/oauth-service-status.js';

const breakerStates: readonly BreakerState[] = ['closed', 'open', 'half-open'];
const fallbackCauses = ['breaker-open', 'service-failed', 'provider-unavailable'] as const;
const succeeded = {
  refresh: 'refreshed',
  confirm: 'refreshed',
  'exchange-code': 'exchanged',
} as const satisfies Record<ExchangeRecord['operation'], ExchangeRecord['status']>;

/** How the OAuth service is, how often it was passed by, and what token requests came to. */
@Injectable()
export class OAuthMetrics {
  constructor(registry: MetricsRegistry, events: ExchangeEvents, service: OAuthServiceStatus) {
    const registers = [registry];
    new Gauge({
      name: 'evergrant_oauth_service_up',
      help: '1 if the OAuth service answers this process, asked at each scrape',
      registers,
      async collect() {
        this.set((await service.isUp()) ? 1 : 0);
      },
    });
    new Gauge({
      name: 'evergrant_oauth_service_breaker',
      help: '1 for the state that the breaker towards the OAuth service is in',
      labelNames: ['state'],
      registers,
      collect() {
        for (const state of breakerStates) this.set({ state }, state === service.breaker ? 1 : 0);
      },
    });
    const fallbacks = new Counter({
      name: 'evergrant_oauth_direct_fallbacks_total',
      help: 'Token requests made straight to the provider, by what the OAuth service lacked',
      labelNames: ['cause'],
      registers,
    });
    const exchanges = new Histogram({
      name: 'evergrant_oauth_exchange_duration_seconds',
      help: 'Duration of token requests, repetitions and fallback included',
      labelNames: ['operation', 'path', 'status'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
      registers,
    });
    for (const cause of fallbackCauses) fallbacks.inc({ cause }, 0);
    for (const [operation, success] of Object.entries(succeeded)) {
      const statuses = [success, 'rejected', 'unavailable'];
      const series = { operation: [operation], path: ['oauth-service', 'direct'], status: statuses };
      for (const labels of labelCombinations(series)) exchanges.zero(labels);
    }
    events.onFallback(({ reason }) => fallbacks.inc({ cause: fallbackCause(reason) }));
    events.onOutcome(({ operation, path, status, durationMs }) =>
      exchanges.observe({ operation, path, status }, durationMs / 1000),
    );
  }
}

/** A reason may carry what an answer said, so it makes no label itself. */
function fallbackCause(reason: string): (typeof fallbackCauses)[number] {
  if (reason === 'oauth_service_breaker_open') return 'breaker-open';
  return reason.startsWith('oauth_service_') ? 'service-failed' : 'provider-unavailable';
}
