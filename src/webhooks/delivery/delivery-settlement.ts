import { Injectable } from '@nestjs/common';
import { rows, TenantDatabase, type SqlExecutor } from '../../database/index.js';
import { isOpen, type ClaimedDelivery } from './claimed-delivery.js';
import type { DeliveryEnd } from './delivery-end.js';

/** What is recorded of an attempt. */
export interface SettledAttempt {
  end: DeliveryEnd;
  httpStatus: number | null;
  durationMs: number;
  /** The webhook is switched off. */
  disables: boolean;
}

interface WebhookHealth {
  /** Null for one whose last attempt has succeeded. */
  failingSeconds: number | null;
}

/** A receiver that has failed for so long was down; one that has not may refuse single events, which keep their pauses. */
const secondsOfOutage = 60;

/** Records what came of attempts, and puts the next one of an instance in the place of one that has ended. */
@Injectable()
export class DeliverySettlement {
  constructor(private readonly database: TenantDatabase) {}

  /** @returns whether it was still ours to settle */
  async settle(claimed: ClaimedDelivery, settled: SettledAttempt): Promise<boolean> {
    return this.database.transaction(claimed.tenantId, async (executor) => {
      // In the order in which events are raised and webhooks deleted.
      await this.holdStream(executor, claimed);
      const webhook = await this.holdWebhook(executor, claimed);
      if (!webhook || !(await this.record(executor, claimed, settled))) return false;
      const { end } = settled;
      if (end.status !== 'failed' && claimed.isInLine) await this.callNext(executor, claimed);
      await this.noteHealth(executor, claimed, settled, webhook);
      return true;
    });
  }

  /** An event that is raised meanwhile finds this one as it will be. */
  private async holdStream(executor: SqlExecutor, { tenantId, instanceId }: ClaimedDelivery): Promise<void> {
    if (instanceId === null) return;
    await rows(
      executor,
      'SELECT instance_id FROM webhook_streams WHERE tenant_id = $1 AND instance_id = $2 FOR UPDATE',
      [tenantId, instanceId],
    );
  }

  /** @returns undefined for a webhook that is gone */
  private async holdWebhook(
    executor: SqlExecutor,
    { tenantId, webhookId }: ClaimedDelivery,
  ): Promise<WebhookHealth | undefined> {
    const [held] = await rows<WebhookHealth>(
      executor,
      `SELECT extract(epoch FROM evergrant_now() - failing_since)::float8 AS "failingSeconds" FROM webhooks
       WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE`,
      [tenantId, webhookId],
    );
    return held;
  }

  private async record(
    executor: SqlExecutor,
    { tenantId, id, leaseId }: ClaimedDelivery,
    { end, httpStatus, durationMs }: SettledAttempt,
  ): Promise<boolean> {
    const recorded = await rows(
      executor,
      `UPDATE webhook_deliveries SET status = $4::text, failure = $5, last_status = $6, duration_ms = $7, lease_id = NULL,
         next_attempt_at = evergrant_now() + make_interval(secs => $8::float8),
         ended_at = CASE WHEN $4::text <> 'failed' THEN evergrant_now() END
       WHERE tenant_id = $1 AND id = $2 AND lease_id = $3 RETURNING id`,
      [tenantId, id, leaseId, end.status, end.failure, httpStatus, durationMs, end.retryInSeconds],
    );
    return recorded.length > 0;
  }

  private async callNext(
    executor: SqlExecutor,
    { tenantId, webhookId, instanceId }: ClaimedDelivery,
  ): Promise<void> {
    await rows(
      executor,
      `UPDATE webhook_deliveries SET next_attempt_at = evergrant_now() WHERE tenant_id = $1 AND id = (
         SELECT d.id FROM webhook_deliveries d
         WHERE d.tenant_id = $1 AND d.webhook_id = $2 AND d.instance_id = $3 AND d.ordinal IS NOT NULL AND ${isOpen}
         ORDER BY d.ordinal LIMIT 1) AND next_attempt_at IS NULL`,
      [tenantId, webhookId, instanceId],
    );
  }

  private async noteHealth(
    executor: SqlExecutor,
    { tenantId, webhookId }: ClaimedDelivery,
    { end, disables }: SettledAttempt,
    { failingSeconds }: WebhookHealth,
  ): Promise<void> {
    const place = [tenantId, webhookId];
    if (disables)
      await rows(
        executor,
        "UPDATE webhooks SET enabled = false, disabled_reason = 'gone' WHERE tenant_id = $1 AND id = $2",
        place,
      );
    const fails = end.status !== 'delivered';
    if (fails === (failingSeconds !== null)) return;
    await rows(
      executor,
      `UPDATE webhooks SET failing_since = CASE WHEN $3::boolean THEN evergrant_now() END WHERE tenant_id = $1 AND id = $2`,
      [...place, fails],
    );
    // It answers again: the others need not wait for as long as they were told to.
    if ((failingSeconds ?? 0) >= secondsOfOutage)
      await rows(
        executor,
        `UPDATE webhook_deliveries AS d SET next_attempt_at = evergrant_now()
         WHERE d.tenant_id = $1 AND d.webhook_id = $2 AND d.status = 'failed' AND d.lease_id IS NULL
           AND d.next_attempt_at > evergrant_now()`,
        place,
      );
  }
}
