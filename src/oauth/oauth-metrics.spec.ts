import { beforeEach, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { MetricsRegistry } from '../metrics/index.js';
import { ExchangeEvents, type BreakerState } from './chain/exchange-events.js';
import { OAuthServiceStatus } from './chain/oauth-service-status.js';
import { OAuthMetrics } from './oauth-metrics.js';

const service = { up: true, breaker: 'closed' as BreakerState, isUp: async () => service.up };
let registry: MetricsRegistry;
let events: ExchangeEvents;

beforeEach(async () => {
  const module = await Test.createTestingModule({
    providers: [
      MetricsRegistry,
      ExchangeEvents,
      OAuthMetrics,
      { provide: OAuthServiceStatus, useValue: service },
    ],
  }).compile();
  registry = module.get(MetricsRegistry);
  events = module.get(ExchangeEvents);
});

it.each([
  [true, 1],
  [false, 0],
])('asks at each scrape whether the OAuth service is up (%s)', async (up, value) => {
  service.up = up;

  expect(await registry.metrics()).toContain(`\nevergrant_oauth_service_up ${value}\n`);
});

it('shows the one state that the breaker is in', async () => {
  service.breaker = 'open';

  const text = await registry.metrics();
  expect(text).toContain('evergrant_oauth_service_breaker{state="open"} 1');
  expect(text).toContain('evergrant_oauth_service_breaker{state="closed"} 0');
  expect(text).toContain('evergrant_oauth_service_breaker{state="half-open"} 0');
});

it.each([
  ['oauth_service_breaker_open', 'breaker-open'],
  ['oauth_service_http_502', 'service-failed'],
  ['any_other_answer', 'provider-unavailable'],
])('counts a fallback for %s as %s', async (reason, cause) => {
  events.fallback(reason);

  expect(await registry.metrics()).toContain(`evergrant_oauth_direct_fallbacks_total{cause="${cause}"} 1`);
});

it('measures token requests by what they were, their path and how they ended', async () => {
  const record = { operation: 'refresh', path: 'direct', status: 'refreshed' } as const;
  events.outcome({ ...record, errorCode: null, reason: null, durationMs: 250 });

  expect(await registry.metrics()).toContain(
    'evergrant_oauth_exchange_duration_seconds_sum{operation="refresh",path="direct",status="refreshed"} 0.25',
  );
});
