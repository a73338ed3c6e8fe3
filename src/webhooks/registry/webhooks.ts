import { randomUUID } from 'node:crypto';
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
  type Projection,
} from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { WebhooksOptions } from '../webhooks-options.js';
import type { WebhookEventType } from './event-types.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { targetRefusal } from './webhook-target.js';

/** Of one tenant: each event is written once for each of them. */
const mostWebhooks = 20;

/** A webhook without its secrets. */
export interface Webhook {
  id: string;
  url: string;
  /** Null for all, later ones included. */
  events: WebhookEventType[] | null;
  enabled: boolean;
  disabledReason: string | null;
  failingSince: Date | null;
  formerSecretUntil: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export const storedWebhook: Projection<Webhook> = {
  id: 'id',
  url: 'url',
  events: 'events',
  enabled: 'enabled',
  disabledReason: 'disabled_reason',
  failingSince: 'failing_since',
  formerSecretUntil: 'CASE WHEN former_secret_until > evergrant_now() THEN former_secret_until END',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

export interface WebhookPatch {
  url?: string | undefined;
  events?: readonly WebhookEventType[] | null | undefined;
  enabled?: boolean | undefined;
}

/** The webhooks of tenants. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly database: TenantDatabase,
    private readonly secrets: WebhookSecrets,
    private readonly options: WebhooksOptions,
  ) {}

  /**
   * Makes one; its secret is shown this once.
   * @throws EvergrantError `VALIDATION_FAILED` for a URL that nothing is sent to, `CONFLICT` beyond twenty
   */
  async create(
    tenantId: string,
    { url, events }: { url: string; events: readonly WebhookEventType[] | null },
  ): Promise<Webhook & { secret: string }> {
    this.refuseTarget(url);
    const id = randomUUID();
    const { secret, sealed } = await this.secrets.draw({ tenantId, webhookId: id });
    return this.database.transaction(tenantId, async (executor) => {
      // Two requests at once would each find room for one more.
      await rows(executor, "SELECT pg_advisory_xact_lock(hashtextextended('webhooks of ' || $1, 0))", [
        tenantId,
      ]);
      const [made] = await rows<Webhook>(
        executor,
        `INSERT INTO webhooks (id, tenant_id, url, events, secret)
         SELECT $2, $1, $3, $4, $5 WHERE (SELECT count(*) FROM webhooks WHERE tenant_id = $1) < $6
         RETURNING ${selectList(storedWebhook)}`,
        [tenantId, id, url, events, sealed, mostWebhooks],
      );
      if (!made) throw tooMany();
      await recordChange(executor, tenantId, 'webhook.created', id);
      return { ...made, secret };
    });
  }

  async list(tenantId: string, { limit, cursor }: PageRequest): Promise<Page<Webhook>> {
    const after = decodeCursor(cursor);
    const found = await this.database.rows<Webhook & { position: string }>(
      tenantId,
      `SELECT ${selectList(storedWebhook)}, created_at::text AS position FROM webhooks
       WHERE tenant_id = $1 AND ($2::timestamptz IS NULL OR (created_at, id) > ($2, $3::uuid))
       ORDER BY created_at, id LIMIT $4`,
      [tenantId, after?.position ?? null, after?.id ?? null, limit + 1],
    );
    return pageOf(found, limit);
  }

  /** @throws EvergrantError `NOT_FOUND`, alike for unknown and foreign ones */
  async get(tenantId: string, id: string): Promise<Webhook> {
    refuseNoId(id);
    const [found] = await this.database.rows<Webhook>(
      tenantId,
      `SELECT ${selectList(storedWebhook)} FROM webhooks WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id],
    );
    if (!found) throw noSuchWebhook();
    return found;
  }

  /** What is not named stays. Switched on again, it begins anew. @throws as {@link create} and {@link get} do */
  async update(tenantId: string, id: string, { url, events, enabled }: WebhookPatch): Promise<Webhook> {
    refuseNoId(id);
    if (url !== undefined) this.refuseTarget(url);
    return this.database.transaction(tenantId, async (executor) => {
      const [updated] = await rows<Webhook>(
        executor,
        `UPDATE webhooks SET url = coalesce($3, url), events = CASE WHEN $4::boolean THEN $5::text[] ELSE events END,
           enabled = coalesce($6::boolean, enabled),
           disabled_reason = CASE WHEN $6::boolean THEN NULL ELSE disabled_reason END,
           failing_since = CASE WHEN $6::boolean OR $3 <> url THEN NULL ELSE failing_since END,
           updated_at = evergrant_now()
         WHERE tenant_id = $1 AND id = $2 RETURNING ${selectList(storedWebhook)}`,
        [tenantId, id, url ?? null, events !== undefined, events ?? null, enabled ?? null],
      );
      if (!updated) throw noSuchWebhook();
      await recordChange(executor, tenantId, 'webhook.updated', id);
      return updated;
    });
  }

  /** With its deliveries, those that wait among them. @throws as {@link get} does */
  async delete(tenantId: string, id: string): Promise<void> {
    refuseNoId(id);
    await this.database.transaction(tenantId, async (executor) => {
      const deleted = await rows(
        executor,
        'DELETE FROM webhooks WHERE tenant_id = $1 AND id = $2 RETURNING id',
        [tenantId, id],
      );
      if (deleted.length === 0) throw noSuchWebhook();
      await recordChange(executor, tenantId, 'webhook.deleted', id);
    });
  }

  /**
   * Draws a new secret, shown this once. The one before goes on signing too for the overlap; one before that ends now.
   * @throws as {@link get} does
   */
  async rotate(
    tenantId: string,
    id: string,
    overlapSeconds: number,
  ): Promise<{ secret: string; formerSecretUntil: Date | null }> {
    refuseNoId(id);
    const { secret, sealed } = await this.secrets.draw({ tenantId, webhookId: id });
    return this.database.transaction(tenantId, async (executor) => {
      const [rotated] = await rows<Pick<Webhook, 'formerSecretUntil'>>(
        executor,
        `UPDATE webhooks SET secret = $3, former_secret = CASE WHEN $4::float8 > 0 THEN secret END,
           former_secret_until = CASE WHEN $4::float8 > 0 THEN evergrant_now() + make_interval(secs => $4::float8) END,
           updated_at = evergrant_now()
         WHERE tenant_id = $1 AND id = $2 RETURNING ${selectList(storedWebhook)}`,
        [tenantId, id, sealed, overlapSeconds],
      );
      if (!rotated) throw noSuchWebhook();
      await recordChange(executor, tenantId, 'webhook.secret_rotated', id);
      return { secret, formerSecretUntil: rotated.formerSecretUntil };
    });
  }

  private refuseTarget(url: string): void {
    const refusal = targetRefusal(url, this.options);
    if (refusal !== null)
      throw new EvergrantError('VALIDATION_FAILED', { field: 'url', message: `url ${refusal}` });
  }
}

/** PostgreSQL would refuse what is no UUID; to the caller it is merely unknown. */
export function refuseNoId(id: string): void {
  if (!z.guid().safeParse(id).success) throw noSuchWebhook();
}

/** Alike for unknown and foreign ones: neither's existence is told. */
export function noSuchWebhook(): EvergrantError {
  return new EvergrantError('NOT_FOUND', { message: 'There is no such webhook' });
}

function tooMany(): EvergrantError {
  return new EvergrantError('CONFLICT', {
    reason: 'too_many_webhooks',
    message: `A tenant has at most ${mostWebhooks} webhooks`,
  });
}
