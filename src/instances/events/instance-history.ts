import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../database/index.js';
import type { HistoryEvent } from './history-view.js';

/**
 * What happened to the grants of instances. Each event names the refresh token that was held after it: its own, or that
 * of the event which brought the same version.
 */
@Injectable()
export class InstanceHistory {
  constructor(private readonly database: TenantDatabase) {}

  /** The newest first. `before` is the id of the last event of the page before. */
  async page(
    { tenantId, credentialId }: { tenantId: string; credentialId: string | null },
    { limit, before }: { limit: number; before: string | null },
  ): Promise<{ items: HistoryEvent[]; nextBefore: string | null }> {
    if (credentialId === null) return { items: [], nextBefore: null };
    const found = await this.database.rows<HistoryEvent>(
      tenantId,
      `SELECT e.id, e.at, e.event, e.trigger, e.outcome, e.path, e.error_code AS "errorCode", e.reason,
              e.attempt_id AS "attemptId", e.generation, e.refresh_version AS "refreshVersion",
              e.access_token_fingerprint AS "accessTokenFingerprint",
              coalesce(e.refresh_token_fingerprint, brought.refresh_token_fingerprint) AS "refreshTokenFingerprint",
              e.token_expires_at AS "tokenExpiresAt", e.duration_ms AS "durationMs"
       FROM credential_events e
       LEFT JOIN LATERAL (
         SELECT refresh_token_fingerprint FROM credential_events
         WHERE tenant_id = $1 AND credential_id = $2 AND refresh_version = e.refresh_version
           AND generation <= e.generation AND refresh_token_fingerprint IS NOT NULL
         LIMIT 1
       ) AS brought ON e.refresh_token_fingerprint IS NULL
       WHERE e.tenant_id = $1 AND e.credential_id = $2 AND ($3::bigint IS NULL OR e.id < $3::bigint)
       ORDER BY e.id DESC LIMIT $4`,
      [tenantId, credentialId, before, limit + 1],
    );
    const items = found.slice(0, limit);
    return { items, nextBefore: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}
