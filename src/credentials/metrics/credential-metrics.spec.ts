import { beforeEach, expect, it } from '@jest/globals';
import { MetricsRegistry } from '../../metrics/index.js';
import { CredentialMetrics } from './credential-metrics.js';

let registry: MetricsRegistry;
let metrics: CredentialMetrics;

beforeEach(() => {
  registry = new MetricsRegistry();
  metrics = new CredentialMetrics(registry);
});

it('counts refreshes by path and outcome, and measures them by path', async () => {
  metrics.refreshed('oauth-service', 'refreshed', 0.5);
  metrics.refreshed('direct', 'unavailable', 8);

  const text = await registry.metrics();
  expect(text).toContain('evergrant_refreshes_total{path="oauth-service",outcome="refreshed"} 1');
  expect(text).toContain('evergrant_refreshes_total{path="direct",outcome="unavailable"} 1');
  expect(text).toContain('evergrant_refresh_duration_seconds_sum{path="direct"} 8');
});

it.each([
  ['invalid_grant', 'invalid_grant'],
  ['invalid_rapt', 'invalid_rapt'],
  ['text that a provider made up', 'other'],
])('counts a re-authentication for "%s" under %s', async (reason, label) => {
  metrics.reauthenticationAsked(reason);

  expect(await registry.metrics()).toContain(`evergrant_reauthentications_total{reason="${label}"} 1`);
});

it('counts what memory could serve and what it could not', async () => {
  metrics.cacheAnswered('hit');
  metrics.cacheAnswered('hit');
  metrics.cacheAnswered('miss');

  const text = await registry.metrics();
  expect(text).toContain('evergrant_token_cache_total{result="hit"} 2');
  expect(text).toContain('evergrant_token_cache_total{result="miss"} 1');
});
