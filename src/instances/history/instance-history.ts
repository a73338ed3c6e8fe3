import { Injectable } from '@nestjs/common';
import { selectList, TenantDatabase, type Projection } from '../../database/index.js';
import type { ErrorCode } from '../../errors/index.js';

/** Something that happened to a grant; tokens appear as fingerprints. */
export interface HistoryEvent {
  id: string;
  at: Date;
  event: string;
  trigger: string | null;
  outcome: string;
  path: string | null;
  errorCode: ErrorCode | null;
  reason: string | null;
  attemptId: string | null;
  generation: number;
  refreshVersion: number;
  accessTokenFingerprint: string | null;
  refreshTokenFingerprint: string | null;
  tokenExpiresAt: Date | null;
  durationMs: number | null;
}

/** Of an event `e`, and the event `brought` that brought the refresh token of its version. */
export const historyEvent: Projection<HistoryEvent> = {
  id: 'e.id',
  at: 'e.at',
  event: 'e.event',
  trigger: 'e.trigger',
  outcome: 'e.outcome',
  path: 'e.path',
  errorCode: 'e.error_code',
  reason: 'e.reason',
  attemptId: 'e.attempt_id',
  generation: 'e.generation',
  refreshVersion: 'e.refresh_version',
  accessTokenFingerprint: 'e.access_token_fingerprint',
  refreshTokenFingerprint: 'coalesce(e.refresh_token_fingerprint, brought.refresh_token_fingerprint)',
  tokenExpiresAt: 'e.token_expires_at',
  durationMs: 'e.duration_ms',
};

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
      `SELECT ${selectList(historyEvent)} FROM credential_events e
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
