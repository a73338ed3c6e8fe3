import { Injectable, Logger } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { MetricsRegistry } from '../../metrics/index.js';
import { Clock, CostlyCount } from '../../resilience/index.js';
import { isOpen } from './claimed-delivery.js';

const results = ['delivered', 'failed', 'given_up'] as const;
export type AttemptResult = (typeof results)[number];

/** How webhooks are told. */
@Injectable()
export class DeliveryMetrics {
  private readonly logger = new Logger(DeliveryMetrics.name);
  private readonly attempts: Counter<'result'>;
  private readonly durations: Histogram;

  constructor(registry: MetricsRegistry, dataSource: DataSource, clock: Clock) {
    this.attempts = new Counter({
      name: 'evergrant_webhook_attempts_total',
      help: 'Attempts to tell webhooks: delivered, failed and to be made again, or given up',
      labelNames: ['result'],
      registers: [registry],
    });
    for (const result of results) this.attempts.inc({ result }, 0);
    this.durations = new Histogram({
      name: 'evergrant_webhook_attempt_seconds',
      help: 'How long receivers of webhooks took to answer, or not to',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
      registers: [registry],
    });
    const waiting = new CostlyCount(clock, () =>
      rows<{ seconds: number }>(
        dataSource,
        `SELECT coalesce(extract(epoch FROM evergrant_now() - min(d.created_at)), 0)::float8 AS seconds
         FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
         WHERE ${isOpen} AND w.enabled AND w.failing_since IS NULL`,
      ),
    );
    const oldestSeconds = () => this.orUnknown(waiting.rows());
    new Gauge({
      name: 'evergrant_webhook_oldest_waiting_seconds',
      help: 'Age of the oldest event that a webhook whose receiver answers has not been told; the same from every process',
      registers: [registry],
      async collect() {
        this.set(await oldestSeconds());
      },
    });
  }

  attempted(result: AttemptResult, durationMs: number): void {
    this.attempts.inc({ result });
    this.durations.observe(durationMs / 1_000);
  }

  /** While the database does not answer, the other metrics are needed most. */
  private async orUnknown(waiting: Promise<{ seconds: number }[]>): Promise<number> {
    try {
      const [oldest] = await waiting;
      return oldest?.seconds ?? Number.NaN;
    } catch (cause) {
      this.logger.warn({ msg: 'Waiting webhook deliveries could not be read', cause: String(cause) });
      return Number.NaN;
    }
  }
}
