import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { MetricsRegistry } from '../metrics/index.js';
import { CredentialMetrics } from './credential-metrics.js';

/** Answers the one query that counts credentials. */
class ScriptedDatabase {
  groups: { status: string; verdict: string; count: number }[] = [];
  away = false;

  async query(): Promise<unknown> {
    if (this.away) throw new Error('connect ECONNREFUSED');
    return this.groups;
  }
}

let database: ScriptedDatabase;
let registry: MetricsRegistry;
let metrics: CredentialMetrics;

beforeEach(async () => {
  database = new ScriptedDatabase();
  Logger.overrideLogger(false);
  const module = await Test.createTestingModule({
    providers: [MetricsRegistry, CredentialMetrics, { provide: DataSource, useValue: database }],
  }).compile();
  registry = module.get(MetricsRegistry);
  metrics = module.get(CredentialMetrics);
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

describe('the number of credentials', () => {
  it('is counted anew at each scrape', async () => {
    database.groups = [{ status: 'completed', verdict: 'suspect', count: 3 }];
    expect(await registry.metrics()).toContain(
      'evergrant_credentials{status="completed",verdict="suspect"} 3',
    );

    database.groups = [{ status: 'failed', verdict: 'failed', count: 3 }];
    const text = await registry.metrics();
    expect(text).toContain('evergrant_credentials{status="failed",verdict="failed"} 3');
    expect(text).not.toContain('verdict="suspect"');
  });

  it('is left out while the database is away, and takes nothing else with it', async () => {
    database.groups = [{ status: 'completed', verdict: 'active', count: 1 }];
    await registry.metrics();
    database.away = true;
    metrics.cacheAnswered('hit');

    const text = await registry.metrics();
    expect(text).not.toContain('evergrant_credentials{');
    expect(text).toContain('evergrant_token_cache_total{result="hit"} 1');
  });
});
