import { beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { MetricsRegistry } from '../../metrics/index.js';
import { Clock } from '../../resilience/index.js';
import { CredentialCensus } from './credential-census.js';

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

beforeEach(async () => {
  database = new ScriptedDatabase();
  Logger.overrideLogger(false);
  const module = await Test.createTestingModule({
    providers: [MetricsRegistry, Clock, CredentialCensus, { provide: DataSource, useValue: database }],
  }).compile();
  registry = module.get(MetricsRegistry);
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

    const text = await registry.metrics();
    expect(text).not.toContain('evergrant_credentials{');
    expect(text).toContain('evergrant_process_cpu_seconds_total');
  });
});
