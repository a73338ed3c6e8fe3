import { beforeEach, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { Subject } from 'rxjs';
import { MetricsRegistry } from '../../metrics/index.js';
import { RefreshRecords, type RecordedOutcome } from '../commits/refresh-records.js';
import { TokenCache } from '../tokens/token-cache.js';
import { Verdicts } from '../verdicts/verdicts.js';
import { CredentialMetrics } from './credential-metrics.js';

let registry: MetricsRegistry;
let recorded: Subject<RecordedOutcome>;
let reauthentications: Subject<string>;
let answers: Subject<'hit' | 'miss'>;

beforeEach(async () => {
  recorded = new Subject();
  reauthentications = new Subject();
  answers = new Subject();
  const module = await Test.createTestingModule({
    providers: [
      MetricsRegistry,
      CredentialMetrics,
      { provide: RefreshRecords, useValue: { recorded } },
      { provide: Verdicts, useValue: { reauthentications } },
      { provide: TokenCache, useValue: { answers } },
    ],
  }).compile();
  registry = module.get(MetricsRegistry);
});

it('counts what refreshes came to by path and outcome once it is stored, and measures them by path', async () => {
  recorded.next({ path: 'oauth-service', outcome: 'refreshed', durationMs: 500 });
  recorded.next({ path: 'direct', outcome: 'unavailable', durationMs: 8_000 });

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
  reauthentications.next(reason);

  expect(await registry.metrics()).toContain(`evergrant_reauthentications_total{reason="${label}"} 1`);
});

it('counts what memory could serve and what it could not', async () => {
  answers.next('hit');
  answers.next('hit');
  answers.next('miss');

  const text = await registry.metrics();
  expect(text).toContain('evergrant_token_cache_total{result="hit"} 2');
  expect(text).toContain('evergrant_token_cache_total{result="miss"} 1');
});
