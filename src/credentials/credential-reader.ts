import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../database/index.js';
import type { ErrorCode } from '../errors/index.js';
import type { ProviderName, TokenSet } from '../oauth/index.js';
import { Clock } from '../resilience/index.js';
import { heldSuspect } from './held-suspect.js';
import { liveToken, type LiveToken } from './live-token.js';
import type { OAuthStatus, Verdict } from './mcp-credential.entity.js';
import { TokenCipher } from './token-cipher.js';

/** A credential as the database holds it, its tokens still sealed. Ages and lives are the database clock's. */
export interface CredentialSnapshot {
  id: string;
  tenantId: string;
  oauthClientId: string;
  provider: ProviderName;
  scopes: string[];
  sealedAccessToken: string | null;
  sealedRefreshToken: string | null;
  tokenExpiresAt: Date | null;
  /** Life left to the access token in seconds, negative once it expired; null without a token. */
  remainingSeconds: number | null;
  /** Seconds since the access token was obtained; null when it never was. */
  refreshedSecondsAgo: number | null;
  oauthStatus: OAuthStatus;
  verdict: Verdict;
  verdictSecondsAgo: number | null;
  /** Suspect, and one of so many at once that nobody is to be asked to sign in for it. */
  held: boolean;
  /** A hold stands over suspects of its OAuth client, whether over this one or not. */
  clientOnHold: boolean;
  errorCode: ErrorCode | null;
  errorReason: string | null;
  /** The provider has answered with a new refresh token before: this one may be single-use. */
  rotationObserved: boolean;
  consecutiveFailures: number;
  failedSecondsAgo: number | null;
  generation: number;
  refreshVersion: number;
  /** Its use of an hour ago or more is the last one recorded. */
  useUnrecorded: boolean;
}

// Often enough to tell what is idle, and rarely enough to cost nothing.
const useUnrecorded = "coalesce(last_used_at <= evergrant_now() - interval '1 hour', true)";

/** Reads credentials and opens their tokens. */
@Injectable()
export class CredentialReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cipher: TokenCipher,
    private readonly clock: Clock,
  ) {}

  async read(credentialId: string): Promise<CredentialSnapshot | null> {
    const [row] = await rows<CredentialSnapshot>(
      this.dataSource,
      `SELECT id, tenant_id AS "tenantId", oauth_client_id AS "oauthClientId", provider, scopes,
              access_token AS "sealedAccessToken", refresh_token AS "sealedRefreshToken",
              token_expires_at AS "tokenExpiresAt",
              extract(epoch FROM token_expires_at - evergrant_now())::float8 AS "remainingSeconds",
              extract(epoch FROM evergrant_now() - last_refreshed_at)::float8 AS "refreshedSecondsAgo",
              oauth_status AS "oauthStatus", verdict,
              extract(epoch FROM evergrant_now() - verdict_at)::float8 AS "verdictSecondsAgo",
              ${heldSuspect} AS held,
              EXISTS (SELECT FROM verdict_holds h WHERE h.oauth_client_id = c.oauth_client_id) AS "clientOnHold",
              error_code AS "errorCode", error_reason AS "errorReason",
              rotation_observed AS "rotationObserved", consecutive_failures AS "consecutiveFailures",
              extract(epoch FROM evergrant_now() - last_failed_at)::float8 AS "failedSecondsAgo",
              generation, refresh_version AS "refreshVersion", ${useUnrecorded} AS "useUnrecorded"
       FROM mcp_credentials c WHERE id = $1`,
      [credentialId],
    );
    return row ?? null;
  }

  /** The same for somebody who wants the token: the use is recorded, to the hour, and keeps the credential hot. */
  async readForUse(credentialId: string): Promise<CredentialSnapshot | null> {
    const snapshot = await this.read(credentialId);
    if (snapshot?.useUnrecorded) {
      await rows(
        this.dataSource,
        `UPDATE mcp_credentials SET last_used_at = evergrant_now() WHERE id = $1 AND ${useUnrecorded}`,
        [credentialId],
      );
    }
    return snapshot;
  }

  /** The access token, opened, while it has any life left. */
  async liveToken(snapshot: CredentialSnapshot): Promise<LiveToken | null> {
    const nowMs = this.clock.monotonicMs();
    const { remainingSeconds, sealedAccessToken } = snapshot;
    if (remainingSeconds === null || remainingSeconds <= 0) return null;
    const accessToken = await this.open(snapshot, 'access_token', sealedAccessToken);
    return accessToken === null ? null : liveToken(nowMs, { ...snapshot, accessToken, remainingSeconds });
  }

  /** A token that was obtained just now; `expiresAt` is the database's word, if it was stored. */
  obtainedToken(
    { scopes }: CredentialSnapshot,
    { accessToken, expiresInSeconds }: TokenSet,
    expiresAt: Date | null,
  ): LiveToken {
    return liveToken(this.clock.monotonicMs(), {
      ...{ accessToken, scopes },
      tokenExpiresAt: expiresAt,
      remainingSeconds: expiresInSeconds,
      refreshedSecondsAgo: 0,
    });
  }

  refreshToken(snapshot: CredentialSnapshot): Promise<string | null> {
    return this.open(snapshot, 'refresh_token', snapshot.sealedRefreshToken);
  }

  private async open(
    { tenantId, id, generation }: CredentialSnapshot,
    field: 'access_token' | 'refresh_token',
    sealed: string | null,
  ): Promise<string | null> {
    return sealed === null ? null : this.cipher.open({ tenantId, recordId: id, field, generation }, sealed);
  }
}
