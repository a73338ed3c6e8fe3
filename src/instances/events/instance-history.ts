import { Injectable } from '@nestjs/common';
import { TenantDatabase } from '../../database/index.js';
import type { HistoryEvent } from './history-view.js';

/** What happened to the grants of instances. */
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
      `SELECT id, at, event, trigger, outcome, path, error_code AS "errorCode", reason, attempt_id AS "attemptId",
              generation, refresh_version AS "refreshVersion",
              access_token_fingerprint AS "accessTokenFingerprint",
              refresh_token_fingerprint AS "refreshTokenFingerprint", token_expires_at AS "tokenExpiresAt",
              duration_ms AS "durationMs"
       FROM credential_events
       WHERE tenant_id = $1 AND credential_id = $2 AND ($3::bigint IS NULL OR id < $3::bigint)
       ORDER BY id DESC LIMIT $4`,
      [tenantId, credentialId, before, limit + 1],
    );
    const items = found.slice(0, limit);
    return { items, nextBefore: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}
