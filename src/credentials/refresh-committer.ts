import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../database/index.js';
import type { ErrorCode } from '../errors/index.js';
import type { ExchangePath, Refreshed } from '../oauth/index.js';
import { CredentialMetrics } from './credential-metrics.js';
import type { CredentialSnapshot } from './credential-reader.js';
import type { RefreshAttempt } from './refresh-attempt.js';
import { drawRefreshDelaySeconds } from './refresh-schedule.js';
import type { SealedRefresh } from './sealed-refresh.js';
import { TokenCipher } from './token-cipher.js';
import { TokenFingerprints } from './token-fingerprints.js';

/** A refresh that brought nothing, in the taxonomy's words. */
export interface FailedRefresh {
  /** `unknown`: the token may have been spent and nobody knows; the attempt stays open, to be asked for. */
  outcome: 'rejected' | 'unavailable' | 'unknown';
  path: ExchangePath;
  errorCode: ErrorCode;
  reason: string;
}

// The lease goes with the commit, but only our own; who took it over keeps it.
const leaseEnds = `
  lease_expires_at = CASE WHEN lease_owner = $4 THEN NULL ELSE lease_expires_at END,
  lease_owner = CASE WHEN lease_owner = $4 THEN NULL ELSE lease_owner END`;

/**
 * Writes what a refresh brought. Each write is one statement together with its history row, guarded by
 * generation and refresh version: who lost a race to a newer consent or rotation changes nothing.
 */
@Injectable()
export class RefreshCommitter {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cipher: TokenCipher,
    private readonly fingerprints: TokenFingerprints,
    private readonly metrics: CredentialMetrics,
  ) {}

  /** The first thing that is done with an answer. Needs no database once the tenant's data key is in memory. */
  async seal(
    before: CredentialSnapshot,
    { tokens, path }: Refreshed,
    { lease, trigger, durationMs }: RefreshAttempt,
  ): Promise<SealedRefresh> {
    const { id: credentialId, tenantId, generation, refreshVersion } = before;
    this.metrics.refreshed(path, 'refreshed', durationMs / 1000);
    const place = { tenantId, recordId: credentialId, generation };
    const { accessToken, refreshToken } = tokens;
    return {
      ...{ credentialId, tenantId, generation, refreshVersion, trigger, path, durationMs },
      leaseOwner: lease.owner,
      attemptId: lease.attemptId,
      accessToken: await this.cipher.seal({ ...place, field: 'access_token' }, accessToken),
      refreshToken:
        refreshToken === null
          ? null
          : await this.cipher.seal({ ...place, field: 'refresh_token' }, refreshToken),
      accessTokenFingerprint: await this.fingerprint(accessToken),
      refreshTokenFingerprint: refreshToken === null ? null : await this.fingerprint(refreshToken),
      expiresInSeconds: tokens.expiresInSeconds,
      refreshTokenExpiresInSeconds: tokens.refreshTokenExpiresInSeconds,
      nextRefreshInSeconds: drawRefreshDelaySeconds(tokens.expiresInSeconds),
    };
  }

  /**
   * @param ageSeconds how long ago the provider answered
   * @returns when the new access token expires, or null when the row had moved on and was left alone
   */
  async commitTokens(sealed: SealedRefresh, ageSeconds = 0): Promise<Date | null> {
    const [committed] = await rows<{ tokenExpiresAt: Date }>(
      this.dataSource,
      `WITH committed AS (
         UPDATE mcp_credentials SET
           access_token = $5,
           refresh_token = coalesce($6, refresh_token),
           refresh_version = refresh_version + CASE WHEN $6::text IS NULL THEN 0 ELSE 1 END,
           rotation_observed = rotation_observed OR $6::text IS NOT NULL,
           token_expires_at = evergrant_now() + make_interval(secs => $7),
           refresh_token_expires_at = CASE
             WHEN $8::float8 IS NOT NULL THEN evergrant_now() + make_interval(secs => $8::float8)
             ELSE refresh_token_expires_at END,
           next_refresh_at = evergrant_now() + make_interval(secs => $9),
           last_refreshed_at = evergrant_now() - make_interval(secs => $16), oauth_status = 'completed',
           verdict = 'active', verdict_at = NULL, suspected_at = NULL, error_code = NULL, error_reason = NULL,
           consecutive_failures = 0, last_failed_at = NULL,
           attempt_id = NULL, attempt_started_at = NULL, ${leaseEnds}, updated_at = evergrant_now()
         WHERE id = $1 AND generation = $2 AND refresh_version = $3
           -- An answer that waited is not put over a later one, unless it rotated.
           AND ($6::text IS NOT NULL OR last_refreshed_at IS NULL
             OR last_refreshed_at <= evergrant_now() - make_interval(secs => $16))
         RETURNING tenant_id, id, generation, refresh_version, token_expires_at
       ), history AS (
         INSERT INTO credential_events (tenant_id, credential_id, event, trigger, outcome, path, attempt_id,
           generation, refresh_version, access_token_fingerprint, refresh_token_fingerprint,
           token_expires_at, duration_ms)
         SELECT tenant_id, id, 'refresh', $10, 'refreshed', $11, $12,
                generation, refresh_version, $13, $14, token_expires_at, $15
         FROM committed
       )
       SELECT token_expires_at AS "tokenExpiresAt" FROM committed`,
      [
        sealed.credentialId,
        sealed.generation,
        sealed.refreshVersion,
        sealed.leaseOwner,
        sealed.accessToken,
        sealed.refreshToken,
        sealed.expiresInSeconds - ageSeconds,
        sealed.refreshTokenExpiresInSeconds === null
          ? null
          : sealed.refreshTokenExpiresInSeconds - ageSeconds,
        sealed.nextRefreshInSeconds - ageSeconds,
        sealed.trigger,
        sealed.path,
        sealed.attemptId,
        sealed.accessTokenFingerprint,
        sealed.refreshTokenFingerprint,
        sealed.durationMs,
        ageSeconds,
      ],
    );
    return committed?.tokenExpiresAt ?? null;
  }

  /** Whether this database holds the credential at all. */
  async knows(credentialId: string): Promise<boolean> {
    return (
      (await rows(this.dataSource, 'SELECT FROM mcp_credentials WHERE id = $1', [credentialId])).length > 0
    );
  }

  /**
   * Records a refresh that brought nothing; tokens and verdict stay as they are.
   * @returns false when the row had moved on: then a newer token is there to be used
   */
  async commitFailure(
    before: CredentialSnapshot,
    { outcome, path, errorCode, reason }: FailedRefresh,
    attempt: RefreshAttempt,
  ): Promise<boolean> {
    this.metrics.refreshed(path, outcome, attempt.durationMs / 1000);
    const committed = await rows(
      this.dataSource,
      `WITH committed AS (
         UPDATE mcp_credentials SET
           error_code = $5, error_reason = $6,
           consecutive_failures = consecutive_failures + 1, last_failed_at = evergrant_now(),
           attempt_id = CASE WHEN $7 = 'unknown' THEN attempt_id END,
           attempt_started_at = CASE WHEN $7 = 'unknown' THEN attempt_started_at END,
           ${leaseEnds}, updated_at = evergrant_now()
         WHERE id = $1 AND generation = $2 AND refresh_version = $3
         RETURNING tenant_id, id, generation, refresh_version
       ), history AS (
         INSERT INTO credential_events (tenant_id, credential_id, event, trigger, outcome, path, error_code,
           reason, attempt_id, generation, refresh_version, duration_ms)
         SELECT tenant_id, id, 'refresh', $8, $7, $9, $5, $6, $10, generation, refresh_version, $11
         FROM committed
       )
       SELECT id FROM committed`,
      [
        before.id,
        before.generation,
        before.refreshVersion,
        attempt.lease.owner,
        errorCode,
        reason,
        outcome,
        attempt.trigger,
        path,
        attempt.lease.attemptId,
        attempt.durationMs,
      ],
    );
    return committed.length > 0;
  }

  /** Only the history wants it: a key that cannot be had just now costs nobody a token. */
  private async fingerprint(token: string): Promise<string | null> {
    return this.fingerprints.of(token).catch(() => null);
  }
}
