import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, TenantDatabase } from '../../database/index.js';
import { claimedDelivery, isOpen, type ClaimedDelivery } from './claimed-delivery.js';

/** Longer than an attempt takes: whose process died in the middle comes due again by itself. */
export const leaseSeconds = 60;
/** Of one webhook at once, each of another instance; of one that fails, only one, to see whether it still does. */
const mostOfWebhook = 8;

/** Deliveries of one webhook that are due. */
export interface DueDeliveries {
  tenantId: string;
  webhookId: string;
  ids: string[];
}

/** The claims of processes on deliveries. Only the first one of an instance's line is ever due. */
@Injectable()
export class DeliveryLeases {
  constructor(
    private readonly dataSource: DataSource,
    private readonly database: TenantDatabase,
  ) {}

  /**
   * What is due, by webhook: the tenants' longest waiting ones first, then their second ones, and so on.
   * @param limit how many deliveries
   * @param busy webhooks and tenants that this process has enough of in hand
   */
  due(
    limit: number,
    busy: { webhookIds: readonly string[]; tenantIds: readonly string[] },
  ): Promise<DueDeliveries[]> {
    return rows(
      this.dataSource,
      `SELECT "tenantId", "webhookId", array_agg(id) AS ids FROM (
         SELECT w.tenant_id AS "tenantId", w.id AS "webhookId", due.id
         FROM webhooks w JOIN tenants t ON t.id = w.tenant_id
         CROSS JOIN LATERAL (
           SELECT d.id, d.next_attempt_at FROM webhook_deliveries d
           WHERE d.webhook_id = w.id AND ${isOpen} AND d.next_attempt_at <= evergrant_now()
           ORDER BY d.next_attempt_at LIMIT CASE WHEN w.failing_since IS NULL THEN $2::int ELSE 1 END) due
         WHERE w.enabled AND t.suspended_at IS NULL AND w.id <> ALL ($3::uuid[]) AND t.id <> ALL ($4::uuid[])
         ORDER BY row_number() OVER (PARTITION BY w.tenant_id ORDER BY due.next_attempt_at), due.next_attempt_at
         LIMIT $1) AS chosen
       GROUP BY "tenantId", "webhookId"`,
      [limit, mostOfWebhook, busy.webhookIds, busy.tenantIds],
    );
  }

  /** Takes those of them that no process is at. While an attempt is made, it is due again when the lease has ended. */
  claim({ tenantId, ids }: Pick<DueDeliveries, 'tenantId' | 'ids'>): Promise<ClaimedDelivery[]> {
    return this.database.rows<ClaimedDelivery>(
      tenantId,
      `UPDATE webhook_deliveries AS d SET lease_id = $3, attempts = d.attempts + 1, last_attempt_at = evergrant_now(),
         next_attempt_at = evergrant_now() + make_interval(secs => $4)
       FROM (SELECT d.id FROM webhook_deliveries d
         WHERE d.tenant_id = $1 AND d.id = ANY ($2) AND ${isOpen} AND d.next_attempt_at <= evergrant_now()
         FOR UPDATE SKIP LOCKED) AS free, webhooks w, webhook_events e
       WHERE d.id = free.id AND w.tenant_id = $1 AND w.id = d.webhook_id AND w.enabled
         AND e.tenant_id = $1 AND e.id = d.event_id
       RETURNING ${selectList(claimedDelivery)}`,
      [tenantId, ids, randomUUID(), leaseSeconds],
    );
  }
}
