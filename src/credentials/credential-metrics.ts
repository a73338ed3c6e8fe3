import { Injectable, Logger } from '@nestjs/common';
import { timeout, TimeoutStrategy } from 'cockatiel';
import { Counter, Gauge, Histogram } from 'prom-client';
import { DataSource } from 'typeorm';
import { rows } from '../database/index.js';
import { MetricsRegistry } from '../metrics/index.js';
import type { ExchangePath } from '../oauth/index.js';

/** How a refresh ended, in the words of the history. */
export type RefreshEnding = 'refreshed' | 'rejected' | 'unavailable' | 'unknown';

/** The verdicts that call for a person; any other reason is counted as `other`. */
const reauthenticationReasons: ReadonlySet<string> = new Set([
  'invalid_grant',
  'invalid_rapt',
  'rapt_required',
  'invalid_client',
  'deleted_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
]);

const countLimitMs = 2_000;

/** What becomes of credentials: refreshes, re-authentications, the cache, and how many there are. */
@Injectable()
export class CredentialMetrics {
  private readonly logger = new Logger(CredentialMetrics.name);
  private readonly refreshes: Counter<'path' | 'outcome'>;
  private readonly durations: Histogram<'path'>;
  private readonly reauthentications: Counter<'reason'>;
  private readonly cacheAnswers: Counter<'result'>;

  constructor(
    registry: MetricsRegistry,
    private readonly dataSource: DataSource,
  ) {
    const registers = [registry];
    this.refreshes = new Counter({
      name: 'evergrant_refreshes_total',
      help: 'Refreshes by the path their answer came, and by outcome',
      labelNames: ['path', 'outcome'],
      registers,
    });
    this.durations = new Histogram({
      name: 'evergrant_refresh_duration_seconds',
      help: 'Duration of refreshes, whatever their outcome',
      labelNames: ['path'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
      registers,
    });
    this.reauthentications = new Counter({
      name: 'evergrant_reauthentications_total',
      help: 'Verdicts that make a person sign in again, by reason',
      labelNames: ['reason'],
      registers,
    });
    this.cacheAnswers = new Counter({
      name: 'evergrant_token_cache_total',
      help: 'Requests for access tokens by whether memory could serve them',
      labelNames: ['result'],
      registers,
    });
    this.registerCensus(registry);
    this.registerDue(registry);
    this.registerHolds(registry);
  }

  refreshed(path: ExchangePath, outcome: RefreshEnding, seconds: number): void {
    this.refreshes.inc({ path, outcome });
    this.durations.observe({ path }, seconds);
  }

  /** @param reason the provider's stable code, such as `invalid_grant` or `invalid_rapt` */
  reauthenticationAsked(reason: string): void {
    this.reauthentications.inc({ reason: reauthenticationReasons.has(reason) ? reason : 'other' });
  }

  cacheAnswered(result: 'hit' | 'miss'): void {
    this.cacheAnswers.inc({ result });
  }

  private registerCensus(registry: MetricsRegistry): void {
    const census = () =>
      this.counted<{ status: string; verdict: string; count: number }>(
        `SELECT oauth_status AS status, verdict, count(*)::int AS count
         FROM mcp_credentials GROUP BY oauth_status, verdict`,
      );
    new Gauge({
      name: 'evergrant_credentials',
      help: 'Credentials in the database by status and verdict; the same from every process',
      labelNames: ['status', 'verdict'],
      registers: [registry],
      async collect() {
        const groups = await census();
        this.reset();
        for (const { status, verdict, count } of groups) this.set({ status, verdict }, count);
      },
    });
  }

  private registerDue(registry: MetricsRegistry): void {
    const due = () => this.due();
    new Gauge({
      name: 'evergrant_refreshes_due',
      help: 'Credentials whose scheduled refresh is due and not made; the same from every process',
      registers: [registry],
      async collect() {
        this.set((await due()) ?? Number.NaN);
      },
    });
  }

  private registerHolds(registry: MetricsRegistry): void {
    const holds = () =>
      this.counted<{ client: number; tenant: number }>(
        `SELECT count(*) FILTER (WHERE tenant_id IS NULL)::int AS client, count(tenant_id)::int AS tenant
         FROM verdict_holds`,
      );
    new Gauge({
      name: 'evergrant_verdict_holds',
      help: 'Spikes of dead grants whose verdicts are held, over a whole OAuth client or one tenant; the same from every process',
      labelNames: ['scope'],
      registers: [registry],
      async collect() {
        const [standing] = await holds();
        this.set({ scope: 'client' }, standing?.client ?? Number.NaN);
        this.set({ scope: 'tenant' }, standing?.tenant ?? Number.NaN);
      },
    });
  }

  private async due(): Promise<number | null> {
    const [row] = await this.counted<{ due: number }>(
      `SELECT count(*)::int AS due FROM mcp_credentials
       WHERE verdict = 'active' AND oauth_status = 'completed' AND next_refresh_at <= evergrant_now()`,
    );
    return row?.due ?? null;
  }

  /** Nothing while the database does not answer: the other metrics are needed most just then. */
  private async counted<Row>(sql: string): Promise<Row[]> {
    try {
      return await timeout(countLimitMs, TimeoutStrategy.Aggressive).execute(() =>
        rows(this.dataSource, sql),
      );
    } catch (error) {
      this.logger.warn({ msg: 'Credentials could not be counted', cause: String(error) });
      return [];
    }
  }
}
