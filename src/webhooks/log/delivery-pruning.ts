import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { Recurrence } from '../../resilience/index.js';

/** So long the log of deliveries goes back, and what waits for a webhook that is switched off. */
const keptDays = 14;
const atOnce = 1_000;
const everyMs = 60_000;

/** Forgets deliveries of long ago, and events that none is left of. Several processes may do it at once. */
@Injectable()
export class DeliveryPruning implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryPruning.name);

  private readonly recurrence = new Recurrence(everyMs, () => this.prune());

  constructor(private readonly dataSource: DataSource) {}

  onApplicationBootstrap(): void {
    this.recurrence.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.recurrence.stop();
  }

  /** Never rejects. */
  async prune(): Promise<void> {
    try {
      // What waits for a tenant that is suspended stays, for the events after it must not overtake it.
      const pruned = await rows(
        this.dataSource,
        `DELETE FROM webhook_deliveries WHERE id IN (
           SELECT d.id FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
           WHERE d.created_at < evergrant_now() - make_interval(days => $1)
             AND (d.status IN ('delivered', 'given_up') OR NOT w.enabled)
           ORDER BY d.created_at LIMIT $2 FOR UPDATE OF d SKIP LOCKED) RETURNING id`,
        [keptDays, atOnce],
      );
      await rows(
        this.dataSource,
        `DELETE FROM webhook_events WHERE id IN (
           SELECT e.id FROM webhook_events e WHERE e.at < evergrant_now() - make_interval(days => $1)
             AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.event_id = e.id)
           ORDER BY e.at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
        [keptDays, atOnce],
      );
      if (pruned.length > 0) this.logger.log({ msg: 'Webhook deliveries pruned', deliveries: pruned.length });
    } catch (cause) {
      this.logger.warn({ msg: 'Webhook deliveries could not be pruned', cause: String(cause) });
    }
  }
}
