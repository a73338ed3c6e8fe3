import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { GroupedWrites } from '../../resilience/index.js';
import type { StoredTokens } from '../store/live-token.js';
import type { SealedRefresh } from './sealed-refresh.js';

/** What a refresh brought, and how long ago the provider answered. */
type Commit = SealedRefresh & { ageSeconds: number };

const limits = { writesAtOnce: 4, itemsAtOnce: 100, patienceMs: 20 };

/**
 * Writes tokens. All that come together are one statement, with their history rows; each is guarded by generation and
 * refresh version: who lost a race to a newer consent or rotation changes nothing.
 */
@Injectable()
export class TokenCommits {
  private readonly writes = new GroupedWrites<Commit, StoredTokens | null>(
    limits,
    ({ credentialId }) => credentialId,
    (commits) => this.write(commits),
  );

  constructor(private readonly dataSource: DataSource) {}

  /** @returns null when the row had moved on and was left alone */
  commit(sealed: SealedRefresh, ageSeconds = 0): Promise<StoredTokens | null> {
    return this.writes.add({ ...sealed, ageSeconds });
  }

  /** Whether this database holds the credential at all. */
  async knows(credentialId: string): Promise<boolean> {
    return (
      (await rows(this.dataSource, 'SELECT FROM mcp_credentials WHERE id = $1', [credentialId])).length > 0
    );
  }

  private async write(commits: readonly Commit[]): Promise<(StoredTokens | null)[]> {
    const committed = await rows<StoredTokens & { id: string }>(this.dataSource, statement, [
      JSON.stringify(commits),
    ]);
    const stored = new Map(committed.map(({ id, ...tokens }) => [id, tokens]));
    return commits.map(({ credentialId }) => stored.get(credentialId) ?? null);
  }
}

const given = `json_to_recordset($1::json) AS g("credentialId" uuid, generation integer, "refreshVersion" integer,
  "leaseOwner" text, "attemptId" uuid, trigger text, path text, "durationMs" integer, "accessToken" text,
  "refreshToken" text, "accessTokenFingerprint" text, "refreshTokenFingerprint" text, "expiresInSeconds" float8,
  "refreshTokenExpiresInSeconds" float8, "nextRefreshInSeconds" float8, "ageSeconds" float8)`;

// The lease goes with the commit, but only our own; who took it over keeps it.
const statement = `
  WITH given AS (SELECT *, evergrant_now() - make_interval(secs => "ageSeconds") AS answered_at FROM ${given}),
  committed AS (
    UPDATE mcp_credentials AS c SET
      access_token = g."accessToken",
      refresh_token = coalesce(g."refreshToken", c.refresh_token),
      refresh_version = c.refresh_version + CASE WHEN g."refreshToken" IS NULL THEN 0 ELSE 1 END,
      rotation_observed = c.rotation_observed OR g."refreshToken" IS NOT NULL,
      token_expires_at = g.answered_at + make_interval(secs => g."expiresInSeconds"),
      refresh_token_expires_at = coalesce(
        g.answered_at + make_interval(secs => g."refreshTokenExpiresInSeconds"), c.refresh_token_expires_at),
      next_refresh_at = g.answered_at + make_interval(secs => g."nextRefreshInSeconds"),
      last_refreshed_at = g.answered_at, oauth_status = 'completed',
      verdict = 'active', verdict_at = NULL, suspected_at = NULL, error_code = NULL, error_reason = NULL,
      consecutive_failures = 0, last_failed_at = NULL, attempt_id = NULL, attempt_started_at = NULL,
      lease_expires_at = CASE WHEN c.lease_owner = g."leaseOwner" THEN NULL ELSE c.lease_expires_at END,
      lease_owner = CASE WHEN c.lease_owner = g."leaseOwner" THEN NULL ELSE c.lease_owner END,
      updated_at = evergrant_now()
    FROM given g
    WHERE c.id = g."credentialId" AND c.generation = g.generation AND c.refresh_version = g."refreshVersion"
      -- An answer that waited is not put over a later one, unless it rotated.
      AND (g."refreshToken" IS NOT NULL OR c.last_refreshed_at IS NULL OR c.last_refreshed_at <= g.answered_at)
    RETURNING c.tenant_id, c.id, c.generation, c.refresh_version, c.token_expires_at, g.trigger, g.path,
      g."attemptId", g."ageSeconds", g."accessTokenFingerprint", g."refreshTokenFingerprint", g."durationMs"
  ), history AS (
    INSERT INTO credential_events (tenant_id, credential_id, event, trigger, outcome, path, reason, attempt_id,
      generation, refresh_version, access_token_fingerprint, refresh_token_fingerprint, token_expires_at, duration_ms)
    SELECT tenant_id, id, 'refresh', trigger, 'refreshed', path, CASE WHEN "ageSeconds" > 0 THEN 'replayed' END, "attemptId", generation, refresh_version,
           "accessTokenFingerprint", "refreshTokenFingerprint", token_expires_at, "durationMs"
    FROM committed
  )
  SELECT id, token_expires_at AS "expiresAt", pg_current_xact_id()::text AS "transactionId" FROM committed`;
