import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import type { ErrorCode } from '../../errors/index.js';
import type { ExchangePath, Refreshed } from '../../oauth/index.js';
import { CredentialMetrics } from '../metrics/credential-metrics.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import type { RefreshAttempt } from './refresh-attempt.js';
import { closeGate } from '../schedule/refresh-gate.js';
import { drawRefreshDelaySeconds } from '../schedule/refresh-schedule.js';
import type { SealedRefresh } from './sealed-refresh.js';
import { TokenCipher } from '../vault/token-cipher.js';
import { TokenFingerprints } from '../vault/token-fingerprints.js';

/** A refresh that brought nothing, in the taxonomy's words. */
export interface FailedRefresh {
  /** `unknown`: the token may have been spent and nobody knows; the attempt stays open, to be asked for. */
  outcome: 'rejected' | 'unavailable' | 'unknown';
  path: ExchangePath;
  errorCode: ErrorCode;
  reason: string;
  /** What the provider asked for, if it did. */
  retryAfterSeconds: number | null;
}

// The lease goes with the commit, but only our own; who took it over keeps it.
const leaseEnds = `
  lease_expires_at = CASE WHEN lease_owner = $4 THEN NULL ELSE lease_expires_at END,
  lease_owner = CASE WHEN lease_owner = $4 THEN NULL ELSE lease_owner END`;

/**
 * Seals what a refresh brought, ready to be committed, and records one that brought nothing. A record is one statement
 * together with its history row, guarded by generation and refresh version: who lost a race changes nothing.
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
   * Records a refresh that brought nothing; tokens and verdict stay as they are.
   * @returns false when the row had moved on: then a newer token is there to be used
   */
  async commitFailure(
    before: CredentialSnapshot,
    { outcome, path, errorCode, reason, retryAfterSeconds }: FailedRefresh,
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
         RETURNING tenant_id, id, generation, refresh_version, oauth_client_id
       ), gate AS (
         ${closeGate('$12')}
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
        retryAfterSeconds,
      ],
    );
    return committed.length > 0;
  }

  /** Only the history wants it: a key that cannot be had just now costs nobody a token. */
  private async fingerprint(token: string): Promise<string | null> {
    return this.fingerprints.of(token).catch(() => null);
  }
}
