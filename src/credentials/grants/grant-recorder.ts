import { Injectable } from '@nestjs/common';
import { rows, type SqlExecutor } from '../../database/index.js';
import type { ProviderName, TokenSet } from '../../oauth/index.js';
import { provesAlive } from '../store/credential-assignments.js';
import type { Verdict } from '../store/credential.entity.js';
import { addHistory } from '../store/history-row.js';
import { drawRefreshDelaySeconds } from '../schedule/refresh-schedule.js';
import { TokenCipher } from '../vault/token-cipher.js';
import { ifReadable } from '../vault/unreadable-secrets.js';
import { TokenFingerprints } from '../vault/token-fingerprints.js';

/** A grant as a person just gave it, or as it was adopted from elsewhere. */
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

/** A grant whose keys and fingerprints are made: what is left needs no connection but its transaction's. */
export interface PreparedGrant {
  grant: Grant;
  fingerprints: { access: string; refresh: string | null };
}

interface PoolRow {
  id: string;
  generation: number;
  verdict: Verdict;
  sealedRefreshToken: string | null;
  /** Its refresh token was presented, and what came of it is not stored. */
  attemptOpen: boolean;
}

/** Stores grants. One account under one client with one scope set is one credential of its tenant. */
@Injectable()
export class GrantRecorder {
  constructor(
    private readonly cipher: TokenCipher,
    private readonly fingerprints: TokenFingerprints,
  ) {}

  /** To be called before the transaction, which must not wait for a second connection of the pool. */
  async prepare(grant: Grant): Promise<PreparedGrant> {
    const { accessToken, refreshToken } = grant.tokens;
    await this.cipher.prepare(grant.tenantId);
    return {
      grant,
      fingerprints: {
        access: await this.fingerprints.of(accessToken),
        refresh: refreshToken === null ? null : await this.fingerprints.of(refreshToken),
      },
    };
  }

  /**
   * Stores a grant in the caller's transaction, which points something to it before it ends.
   * @returns the credential's id, or null when the grant brought no refresh token and none is held: then
   * nothing is stored, since such a connection would lapse within the hour
   */
  async record(executor: SqlExecutor, { grant, fingerprints }: PreparedGrant): Promise<string | null> {
    const row = await this.lockPoolRow(executor, grant);
    const generation = row.generation + 1;
    const refreshToken = grant.tokens.refreshToken ?? (await this.heldRefreshToken(grant.tenantId, row));
    if (refreshToken === null) {
      if (row.generation === 0) await executor.query('DELETE FROM mcp_credentials WHERE id = $1', [row.id]);
      return null;
    }
    const place = { tenantId: grant.tenantId, recordId: row.id, generation };
    await this.store(executor, grant, {
      id: row.id,
      generation,
      accessToken: await this.cipher.seal({ ...place, field: 'access_token' }, grant.tokens.accessToken),
      refreshToken: await this.cipher.seal({ ...place, field: 'refresh_token' }, refreshToken),
      fingerprints,
    });
    return row.id;
  }

  private async lockPoolRow(executor: SqlExecutor, grant: Grant): Promise<PoolRow> {
    const [row] = await rows<PoolRow>(
      executor,
      `INSERT INTO mcp_credentials (tenant_id, oauth_client_id, provider, subject, email, scopes)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (tenant_id, oauth_client_id, subject, scopes) DO UPDATE SET updated_at = evergrant_now()
       RETURNING id, generation, verdict, refresh_token AS "sealedRefreshToken",
                 attempt_id IS NOT NULL AS "attemptOpen"`,
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
   * unless Google has called it dead, or it may just have been spent: its successor belongs to the generation before,
   * and would be dropped.
   */
  private async heldRefreshToken(tenantId: string, row: PoolRow): Promise<string | null> {
    if (row.sealedRefreshToken === null || row.verdict !== 'active' || row.attemptOpen) return null;
    const place = { tenantId, recordId: row.id, field: 'refresh_token', generation: row.generation } as const;
    return ifReadable(this.cipher.open(place, row.sealedRefreshToken));
  }

  private async store(
    executor: SqlExecutor,
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
      executor,
      `WITH recorded AS (
         UPDATE mcp_credentials SET
           generation = $2, access_token = $3, refresh_token = $4,
           refresh_version = refresh_version + CASE WHEN $5::text IS NULL THEN 0 ELSE 1 END,
           token_expires_at = evergrant_now() + make_interval(secs => $6),
           refresh_token_expires_at = CASE WHEN $5::text IS NULL THEN refresh_token_expires_at
             ELSE evergrant_now() + make_interval(secs => $7::float8) END,
           next_refresh_at = evergrant_now() + make_interval(secs => $8),
           email = coalesce($9, email),
           oauth_completed_at = evergrant_now(), last_refreshed_at = evergrant_now(), ${provesAlive},
           lease_owner = NULL, lease_expires_at = NULL,
           updated_at = evergrant_now()
         WHERE id = $1
         RETURNING tenant_id, id, generation, refresh_version, token_expires_at
       )
       ${addHistory('recorded', {
         event: '$10',
         outcome: `'completed'`,
         access_token_fingerprint: '$11',
         refresh_token_fingerprint: '$5',
         token_expires_at: 'token_expires_at',
       })}`,
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
