import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import type { TokenSet } from '../../oauth/index.js';
import { Clock } from '../../resilience/index.js';
import { useUnrecorded } from './credential-predicates.js';
import { snapshotQuery, type CredentialSnapshot } from './credential-snapshot.js';
import { liveToken, type LiveToken, type StoredTokens } from './live-token.js';
import { TokenCipher } from '../vault/token-cipher.js';
import { ifReadable } from '../vault/unreadable-secrets.js';

/** Reads credentials and opens their tokens. */
@Injectable()
export class CredentialReader {
  private readonly logger = new Logger(CredentialReader.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly cipher: TokenCipher,
    private readonly clock: Clock,
  ) {}

  async read(credentialId: string): Promise<CredentialSnapshot | null> {
    const [row] = await rows<CredentialSnapshot>(this.dataSource, `${snapshotQuery} WHERE c.id = $1`, [
      credentialId,
    ]);
    return row ?? null;
  }

  /** The same for a caller that wants the token: the use is recorded, to the hour, and keeps the credential hot. */
  async readForUse(credentialId: string): Promise<CredentialSnapshot | null> {
    const snapshot = await this.read(credentialId);
    if (snapshot?.useUnrecorded) void this.recordUse(credentialId);
    return snapshot;
  }

  /** Those used last, of which no token expires within `seconds`; the soonest used first, `limit` at most. */
  lastUsed(limit: number, seconds: number): Promise<CredentialSnapshot[]> {
    return rows(
      this.dataSource,
      `${snapshotQuery}
       WHERE c.last_used_at > evergrant_now() - interval '2 hours' AND c.verdict = 'active'
         AND c.oauth_status = 'completed' AND c.token_expires_at > evergrant_now() + make_interval(secs => $2)
       ORDER BY c.last_used_at DESC LIMIT $1`,
      [limit, seconds],
    );
  }

  /** The access token, opened, while it has any life left. One that does not open is as none: a refresh replaces it. */
  async liveToken(snapshot: CredentialSnapshot): Promise<LiveToken | null> {
    const nowMs = this.clock.monotonicMs();
    const { remainingSeconds, sealedAccessToken } = snapshot;
    if (remainingSeconds === null || remainingSeconds <= 0) return null;
    const accessToken = await ifReadable(this.open(snapshot, 'access_token', sealedAccessToken));
    return accessToken === null
      ? null
      : liveToken(nowMs, {
          ...{ ...snapshot, accessToken, remainingSeconds },
          asOf: { readIn: snapshot.readIn },
        });
  }

  /** A token that was obtained just now, and stored already or not. */
  obtainedToken(
    { scopes }: CredentialSnapshot,
    { accessToken, expiresInSeconds }: TokenSet,
    stored: StoredTokens | null,
  ): LiveToken {
    return liveToken(this.clock.monotonicMs(), {
      ...{ accessToken, scopes },
      tokenExpiresAt: stored?.expiresAt ?? null,
      remainingSeconds: expiresInSeconds,
      refreshedSecondsAgo: 0,
      asOf: stored ? { own: BigInt(stored.transactionId), readIn: stored.readIn } : {},
    });
  }

  refreshToken(snapshot: CredentialSnapshot): Promise<string | null> {
    return this.open(snapshot, 'refresh_token', snapshot.sealedRefreshToken);
  }

  /** Never rejects, and the caller does not wait for it: what fails is made up for by the next use. */
  private async recordUse(credentialId: string): Promise<void> {
    try {
      await rows(
        this.dataSource,
        `UPDATE mcp_credentials AS c SET last_used_at = evergrant_now() WHERE c.id = $1 AND ${useUnrecorded}`,
        [credentialId],
      );
    } catch (cause) {
      this.logger.debug({ msg: 'Last use not recorded', credentialId, cause: String(cause) });
    }
  }

  private async open(
    { tenantId, id, generation }: CredentialSnapshot,
    field: 'access_token' | 'refresh_token',
    sealed: string | null,
  ): Promise<string | null> {
    return sealed === null ? null : this.cipher.open({ tenantId, recordId: id, field, generation }, sealed);
  }
}
