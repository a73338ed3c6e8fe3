import { Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { MetricsRegistry } from '../../metrics/index.js';
import { Clock, CostlyCount } from '../../resilience/index.js';

const days = 14;
const kinds = { api_key: 'api_keys', mcp_token: 'mcp_tokens' } as const;

/**
 * Warns ahead of keys and tokens that end while they are in use: their holders get a 401 from then on. One that has
 * rested for two weeks warns of nothing.
 */
@Injectable()
export class ExpiringCallers {
  private readonly logger = new Logger(ExpiringCallers.name);

  constructor(registry: MetricsRegistry, dataSource: DataSource, clock: Clock) {
    const census = new CostlyCount(clock, () => rows<{ kind: string; count: number }>(dataSource, query));
    const found = (): Promise<{ kind: string; count: number }[]> =>
      census.rows().catch((error: unknown) => {
        this.logger.warn({ msg: 'Expiring keys could not be counted', cause: String(error) });
        return Object.keys(kinds).map((kind) => ({ kind, count: Number.NaN }));
      });
    new Gauge({
      name: 'evergrant_expiring_callers',
      help: `API keys and MCP tokens that were used within ${days} days and end within ${days}; the same from every process`,
      labelNames: ['kind'],
      registers: [registry],
      async collect() {
        for (const { kind, count } of await found()) this.set({ kind }, count);
      },
    });
  }
}

const query = Object.entries(kinds)
  .map(
    ([kind, table]) => `SELECT '${kind}' AS kind, count(*)::int AS count FROM ${table}
      WHERE expires_at BETWEEN evergrant_now() AND evergrant_now() + interval '${days} days'
        AND last_used_at > evergrant_now() - interval '${days} days'`,
  )
  .join(' UNION ALL ');
