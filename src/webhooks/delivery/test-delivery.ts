import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../../audit/index.js';
import { rows, selectList, TenantDatabase } from '../../database/index.js';
import { noSuchWebhook } from '../registry/webhooks.js';
import { testEventType } from '../registry/event-types.js';
import { claimedDelivery, type ClaimedDelivery } from './claimed-delivery.js';
import { DeliveryAttempts } from './delivery-attempts.js';
import { leaseSeconds } from './delivery-leases.js';

/** Tells a webhook `webhook.test`, while someone waits for what its receiver answers. */
@Injectable()
export class TestDelivery {
  constructor(
    private readonly database: TenantDatabase,
    private readonly attempts: DeliveryAttempts,
  ) {}

  /**
   * Also one that is switched off. Tried once.
   * @returns the id of the delivery, which has ended
   * @throws EvergrantError `NOT_FOUND` for an unknown or foreign webhook
   */
  async send(tenantId: string, webhookId: string): Promise<string> {
    const claimed = await this.begin(tenantId, webhookId);
    await this.attempts.attempt(claimed, { isOnce: true });
    return claimed.id;
  }

  /** In the hands of this process from the beginning. */
  private begin(tenantId: string, webhookId: string): Promise<ClaimedDelivery> {
    return this.database.transaction(tenantId, async (executor) => {
      const [webhook] = await rows(
        executor,
        'SELECT id FROM webhooks WHERE tenant_id = $1 AND id = $2 FOR KEY SHARE',
        [tenantId, webhookId],
      );
      if (!webhook) throw noSuchWebhook();
      const [event] = await rows<{ id: string }>(
        executor,
        `INSERT INTO webhook_events (tenant_id, type, data)
         VALUES ($1, $2, jsonb_build_object('webhookId', $3::text)) RETURNING id`,
        [tenantId, testEventType, webhookId],
      );
      const [made] = await rows<{ id: string }>(
        executor,
        `INSERT INTO webhook_deliveries
           (tenant_id, webhook_id, event_id, attempts, lease_id, last_attempt_at, next_attempt_at)
         VALUES ($1, $2, $3, 1, $4, evergrant_now(), evergrant_now() + make_interval(secs => $5)) RETURNING id`,
        [tenantId, webhookId, event?.id, randomUUID(), leaseSeconds],
      );
      const [claimed] = await rows<ClaimedDelivery>(
        executor,
        `SELECT ${selectList(claimedDelivery)} FROM webhook_deliveries d
         JOIN webhooks w ON w.tenant_id = d.tenant_id AND w.id = d.webhook_id
         JOIN webhook_events e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
         WHERE d.tenant_id = $1 AND d.id = $2`,
        [tenantId, made?.id],
      );
      if (!claimed) throw new Error('PostgreSQL told nothing of the test');
      await recordChange(executor, tenantId, 'webhook.tested', webhookId);
      return claimed;
    });
  }
}
