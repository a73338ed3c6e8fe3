import { Injectable } from '@nestjs/common';
import { metServiceFailure, type Refreshed } from '../../oauth/index.js';
import { drawRefreshDelaySeconds } from '../schedule/refresh-schedule.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import { TokenCipher } from '../vault/token-cipher.js';
import { TokenFingerprints } from '../vault/token-fingerprints.js';
import type { AttemptRecord } from './attempt-record.js';
import type { SealedRefresh } from './sealed-refresh.js';

/** Encrypts what a refresh brought: the first thing that is done with an answer. */
@Injectable()
export class RefreshSealer {
  constructor(
    private readonly cipher: TokenCipher,
    private readonly fingerprints: TokenFingerprints,
  ) {}

  /** Needs no database once the tenant's data key is in memory. */
  async seal(
    before: CredentialSnapshot,
    outcome: Refreshed,
    { attemptId, leaseOwner, trigger, durationMs }: AttemptRecord,
  ): Promise<SealedRefresh> {
    const { id: credentialId, tenantId, generation, refreshVersion } = before;
    const { tokens, path } = outcome;
    const place = { tenantId, recordId: credentialId, generation };
    const { accessToken, refreshToken } = tokens;
    return {
      ...{ credentialId, tenantId, generation, refreshVersion },
      ...{ attemptId, leaseOwner, trigger, path, durationMs },
      serviceFailed: metServiceFailure(outcome),
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

  /** Only the history wants it: a key that cannot be had just now costs no token. */
  private async fingerprint(token: string): Promise<string | null> {
    return this.fingerprints.of(token).catch(() => null);
  }
}
