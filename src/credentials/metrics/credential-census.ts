import { Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { MetricsRegistry } from '../../metrics/index.js';
import { Clock, CostlyCount } from '../../resilience/index.js';
import { isDue } from '../store/credential-predicates.js';

/** How many credentials there are, how many wait for a refresh, and which verdicts are held; the same from every process. */
@Injectable()
export class CredentialCensus {
  private readonly logger = new Logger(CredentialCensus.name);

  constructor(
    private readonly registry: MetricsRegistry,
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.registerCredentials();
    this.registerDue();
    this.registerExpiring();
    this.registerHolds();
  }

  private registerCredentials(): void {
    const census = this.counted<{ status: string; verdict: string; count: number }>(
      `SELECT oauth_status AS status, verdict, count(*)::int AS count
       FROM mcp_credentials GROUP BY oauth_status, verdict`,
    );
    new Gauge({
      name: 'evergrant_credentials',
      help: 'Credentials in the database by status and verdict; the same from every process',
      labelNames: ['status', 'verdict'],
      registers: [this.registry],
      async collect() {
        const groups = await census();
        this.reset();
        for (const { status, verdict, count } of groups) this.set({ status, verdict }, count);
      },
    });
  }

  private registerDue(): void {
    const census = this.counted<{ due: number }>(
      `SELECT count(*)::int AS due FROM mcp_credentials c WHERE ${isDue}`,
    );
    new Gauge({
      name: 'evergrant_refreshes_due',
      help: 'Credentials whose scheduled refresh is due and not made; the same from every process',
      registers: [this.registry],
      async collect() {
        const [row] = await census();
        this.set(row?.due ?? Number.NaN);
      },
    });
  }

  private registerExpiring(): void {
    const census = this.counted<{ soon: number; later: number }>(
      `SELECT count(*) FILTER (WHERE soon)::int AS soon, count(*) FILTER (WHERE NOT soon)::int AS later
       FROM (SELECT refresh_token_expires_at <= evergrant_now() + interval '2 days' AS soon
         FROM mcp_credentials WHERE refresh_token_expires_at IS NOT NULL AND oauth_status = 'completed') AS expiring`,
    );
    new Gauge({
      name: 'evergrant_expiring_grants',
      help: 'Live grants that Google ends by itself, such as those of an OAuth client in testing, by when; the same from every process',
      labelNames: ['within'],
      registers: [this.registry],
      async collect() {
        const [counts] = await census();
        this.set({ within: '2d' }, counts?.soon ?? Number.NaN);
        this.set({ within: 'later' }, counts?.later ?? Number.NaN);
      },
    });
  }

  private registerHolds(): void {
    const holds = this.counted<{ client: number; tenant: number }>(
      `SELECT count(*) FILTER (WHERE tenant_id IS NULL)::int AS client, count(tenant_id)::int AS tenant
       FROM verdict_holds`,
    );
    new Gauge({
      name: 'evergrant_verdict_holds',
      help: 'Spikes of dead grants whose verdicts are held, over a whole OAuth client or one tenant; the same from every process',
      labelNames: ['scope'],
      registers: [this.registry],
      async collect() {
        const [standing] = await holds();
        this.set({ scope: 'client' }, standing?.client ?? Number.NaN);
        this.set({ scope: 'tenant' }, standing?.tenant ?? Number.NaN);
      },
    });
  }

  /** Nothing while the database does not answer: the other metrics are needed most just then. */
  private counted<Row>(sql: string): () => Promise<Row[]> {
    const count = new CostlyCount(this.clock, () => rows<Row>(this.dataSource, sql));
    return async () => {
      try {
        return await count.rows();
      } catch (error) {
        this.logger.warn({ msg: 'Credentials could not be counted', cause: String(error) });
        return [];
      }
    };
  }
}
