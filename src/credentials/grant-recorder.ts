import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { rows } from '../database/index.js';
import type { ProviderName, TokenSet } from '../oauth/index.js';
import type { Verdict } from './mcp-credential.entity.js';
import { drawRefreshDelaySeconds } from './refresh-schedule.js';
import { TokenCache } from './token-cache.js';
import { TokenCipher } from './token-cipher.js';
import { TokenFingerprints } from './token-fingerprints.js';

/** A grant as a person just gave it, or as somebody brought it. */
export interface Grant {
  event: 'consent' | 'adoption';
  tenantId: string;
  oauthClientId: string;
  provider: ProviderName;
  /** Null when the provider did not tell whose it is: such a grant is never pooled. */
  subject: string | null;
  email: string | null;
  grantedScopes: readonly string[];
  tokens: TokenSet;
}

interface PoolRow {
  id: string;
  generation: number;
  verdict: Verdict;
  sealedRefreshToken: string | null;
}

/** Stores grants. One account under one client with one scope set is one credential of its tenant. */
@Injectable()
export class GrantRecorder {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cipher: TokenCipher,
    private readonly fingerprints: TokenFingerprints,
    private readonly cache: TokenCache,
  ) {}

  /**
   * @returns the credential's id, or null when the grant brought no refresh token and none is held: then
   * nothing is stored, since such a connection would lapse within the hour
   */
  async record(grant: Grant): Promise<string | null> {
    // Both keys are made outside the transaction: it must not wait for a second pool connection.
    const fingerprints = {
      access: await this.fingerprints.of(grant.tokens.accessToken),
      refresh:
        grant.tokens.refreshToken === null ? null : await this.fingerprints.of(grant.tokens.refreshToken),
    };
    await this.cipher.prepare(grant.tenantId);
    const credentialId = await this.dataSource.transaction(async (manager) => {
      const row = await this.lockPoolRow(manager, grant);
      const generation = row.generation + 1;
      const refreshToken = grant.tokens.refreshToken ?? (await this.heldRefreshToken(grant.tenantId, row));
      if (refreshToken === null) {
        if (row.generation === 0) await manager.query('DELETE FROM mcp_credentials WHERE id = $1', [row.id]);
        return null;
      }
      const place = { tenantId: grant.tenantId, recordId: row.id, generation };
      await this.store(manager, grant, {
        id: row.id,
        generation,
        accessToken: await this.cipher.seal({ ...place, field: 'access_token' }, grant.tokens.accessToken),
        refreshToken: await this.cipher.seal({ ...place, field: 'refresh_token' }, refreshToken),
        fingerprints,
      });
      return row.id;
    });
    if (credentialId !== null) this.cache.drop(credentialId);
    return credentialId;
  }

  /** Destroys the tokens of a credential that nothing points to any more. */
  async discard(credentialId: string): Promise<void> {
    await rows(
      this.dataSource,
      `WITH discarded AS (
         UPDATE mcp_credentials SET access_token = NULL, refresh_token = NULL, token_expires_at = NULL,
           oauth_status = 'pending', next_refresh_at = NULL, attempt_id = NULL, attempt_started_at = NULL,
           lease_owner = NULL, lease_expires_at = NULL, generation = generation + 1,
           updated_at = evergrant_now()
         WHERE id = $1 RETURNING tenant_id, id, generation, refresh_version
       )
       INSERT INTO credential_events (tenant_id, credential_id, event, outcome, generation, refresh_version)
       SELECT tenant_id, id, 'discard', 'discarded', generation, refresh_version FROM discarded`,
      [credentialId],
    );
    this.cache.drop(credentialId);
  }

  private async lockPoolRow(manager: EntityManager, grant: Grant): Promise<PoolRow> {
    const [row] = await rows<PoolRow>(
      manager,
      `INSERT INTO mcp_credentials (tenant_id, oauth_client_id, provider, subject, email, scopes)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (tenant_id, oauth_client_id, subject, scopes) DO UPDATE SET updated_at = evergrant_now()
       RETURNING id, generation, verdict, refresh_token AS "sealedRefreshToken"`,
      [
        grant.tenantId,
        grant.oauthClientId,
        grant.provider,
        grant.subject,
        grant.email,
        [...grant.grantedScopes].sort(),
      ],
    );
    if (!row) throw new Error('The credential could not be stored');
    return row;
  }

  /**
   * A repeated consent may bring no refresh token; the one we hold stays good and moves to the new generation,
   * unless Google has called it dead.
   */
  private async heldRefreshToken(tenantId: string, row: PoolRow): Promise<string | null> {
    if (row.sealedRefreshToken === null || row.verdict !== 'active') return null;
    return this.cipher.open(
      { tenantId, recordId: row.id, field: 'refresh_token', generation: row.generation },
      row.sealedRefreshToken,
    );
  }

  private async store(
    manager: EntityManager,
    { event, email, tokens }: Grant,
    sealed: {
      id: string;
      generation: number;
      accessToken: string;
      refreshToken: string;
      fingerprints: { access: string; refresh: string | null };
    },
  ): Promise<void> {
    await rows(
      manager,
      `WITH recorded AS (
         UPDATE mcp_credentials SET
           generation = $2, access_token = $3, refresh_token = $4,
           refresh_version = refresh_version + CASE WHEN $5::text IS NULL THEN 0 ELSE 1 END,
           token_expires_at = evergrant_now() + make_interval(secs => $6),
           refresh_token_expires_at = CASE WHEN $5::text IS NULL THEN refresh_token_expires_at
             ELSE evergrant_now() + make_interval(secs => $7::float8) END,
           next_refresh_at = evergrant_now() + make_interval(secs => $8),
           email = coalesce($9, email),
           oauth_status = 'completed', oauth_completed_at = evergrant_now(), last_refreshed_at = evergrant_now(),
           verdict = 'active', verdict_at = NULL, error_code = NULL, error_reason = NULL,
           consecutive_failures = 0, last_failed_at = NULL, attempt_id = NULL, attempt_started_at = NULL,
           lease_owner = NULL, lease_expires_at = NULL,
           updated_at = evergrant_now()
         WHERE id = $1
         RETURNING tenant_id, id, generation, refresh_version, token_expires_at
       )
       INSERT INTO credential_events (tenant_id, credential_id, event, outcome, generation, refresh_version,
         access_token_fingerprint, refresh_token_fingerprint, token_expires_at)
       SELECT tenant_id, id, $10, 'completed', generation, refresh_version, $11, $5, token_expires_at FROM recorded`,
      [
        sealed.id,
        sealed.generation,
        sealed.accessToken,
        sealed.refreshToken,
        sealed.fingerprints.refresh,
        tokens.expiresInSeconds,
        tokens.refreshTokenExpiresInSeconds,
        drawRefreshDelaySeconds(tokens.expiresInSeconds),
        email,
        event,
        sealed.fingerprints.access,
      ],
    );
  }
}
