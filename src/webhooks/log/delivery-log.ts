import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { recordChange } from '../../audit/index.js';
import {
  decodeCursor,
  pageOf,
  rows,
  selectList,
  TenantDatabase,
  type Page,
  type PageRequest,
  type SqlExecutor,
} from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import {
  deliveriesWithEvents,
  storedDelivery,
  type DeliveryStatus,
  type StoredDelivery,
} from './stored-delivery.js';

/** What was told to a webhook, and what came of it. */
@Injectable()
export class DeliveryLog {
  constructor(private readonly database: TenantDatabase) {}

  /** A page, newest first. */
  async list(
    tenantId: string,
    webhookId: string,
    { limit, cursor, status }: PageRequest & { status?: DeliveryStatus | undefined },
  ): Promise<Page<StoredDelivery>> {
    const after = decodeCursor(cursor);
    const found = await this.database.rows<StoredDelivery & { position: string }>(
      tenantId,
      `SELECT ${selectList(storedDelivery)}, d.created_at::text AS position FROM ${deliveriesWithEvents}
       WHERE d.tenant_id = $1 AND d.webhook_id = $2 AND ($3::text IS NULL OR d.status = $3)
         AND ($4::timestamptz IS NULL OR (d.created_at, d.id) < ($4, $5::uuid))
       ORDER BY d.created_at DESC, d.id DESC LIMIT $6`,
      [tenantId, webhookId, status ?? null, after?.position ?? null, after?.id ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  /** @throws EvergrantError `NOT_FOUND`, alike for one that is unknown, of another webhook or another tenant */
  async get(tenantId: string, webhookId: string, id: string): Promise<StoredDelivery> {
    if (!z.guid().safeParse(id).success) throw noSuchDelivery();
    return this.database.transaction(tenantId, (executor) => read(executor, tenantId, webhookId, id));
  }

  /**
   * Puts the event of an ended delivery on its way once more, under the same `webhook-id`, before and behind no other.
   * @throws EvergrantError `NOT_FOUND` as {@link get} does, `CONFLICT` for one that has not ended
   */
  async replay(tenantId: string, webhookId: string, id: string): Promise<StoredDelivery> {
    if (!z.guid().safeParse(id).success) throw noSuchDelivery();
    return this.database.transaction(tenantId, async (executor) => {
      const { status, eventId, instanceId } = await read(executor, tenantId, webhookId, id);
      if (status === 'pending' || status === 'failed')
        throw new EvergrantError('CONFLICT', {
          reason: 'delivery_under_way',
          message: 'This delivery has not ended: it is made, or given up, by itself',
        });
      const [made] = await rows<{ id: string }>(
        executor,
        `INSERT INTO webhook_deliveries (tenant_id, webhook_id, event_id, instance_id, next_attempt_at)
         VALUES ($1, $2, $3, $4, evergrant_now()) RETURNING id`,
        [tenantId, webhookId, eventId, instanceId],
      );
      if (!made) throw new Error('PostgreSQL told nothing of the replay');
      await recordChange(executor, tenantId, 'webhook.replayed', webhookId);
      return read(executor, tenantId, webhookId, made.id);
    });
  }
}

async function read(
  executor: SqlExecutor,
  tenantId: string,
  webhookId: string,
  id: string,
): Promise<StoredDelivery> {
  const [found] = await rows<StoredDelivery>(
    executor,
    `SELECT ${selectList(storedDelivery)} FROM ${deliveriesWithEvents}
     WHERE d.tenant_id = $1 AND d.webhook_id = $2 AND d.id = $3`,
    [tenantId, webhookId, id],
  );
  if (!found) throw noSuchDelivery();
  return found;
}

/** Alike for unknown and foreign ones: neither's existence is told. */
function noSuchDelivery(): EvergrantError {
  return new EvergrantError('NOT_FOUND', { message: 'There is no such delivery of this webhook' });
}
