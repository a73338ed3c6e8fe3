import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import { ProviderRegistry, type ProviderName } from '../../oauth/index.js';
import { addHistory } from '../store/history-row.js';
import { OAuthClients } from '../store/oauth-clients.js';
import { LiveGrants } from './live-grants.js';
import { TokenCipher } from '../vault/token-cipher.js';

/** A claimed entry, put off to its next attempt already, so that a process that dies forgets nothing. */
interface QueuedRevocation {
  id: string;
  tenantId: string;
  credentialId: string;
  sealedRefreshToken: string;
  generation: number;
  attempts: number;
  provider: ProviderName;
  subject: string;
  email: string | null;
  oauthClientId: string;
}

/** Of an entry `r` and its credential `c`. */
export const queuedRevocation: Projection<QueuedRevocation> = {
  id: 'r.id',
  tenantId: 'r.tenant_id',
  credentialId: 'r.credential_id',
  sealedRefreshToken: 'r.refresh_token',
  generation: 'r.generation',
  attempts: 'r.attempts',
  provider: 'c.provider',
  subject: 'c.subject',
  email: 'c.email',
  oauthClientId: 'c.oauth_client_id',
};

/** How an entry leaves the queue, as the history tells it. */
type RevocationEnding = 'revoked' | 'kept_for_other_grants' | 'client_not_configured' | 'gave_up';

const batchSize = 10;
const firstPauseSeconds = 30;
/** The last one comes after about a day and a half. */
const attemptLimit = 12;

/**
 * Revokes disconnected grants at the provider. A revocation may end other grants of the account too (Google: all in
 * the Cloud project), so it is made only if no live grant of any tenant would end with it.
 */
@Injectable()
export class RevocationQueue {
  private readonly logger = new Logger(RevocationQueue.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly providers: ProviderRegistry,
    private readonly oauthClients: OAuthClients,
    private readonly cipher: TokenCipher,
    private readonly liveGrants: LiveGrants,
  ) {}

  /** Works off what is due, a batch at most. Never rejects. */
  async work(): Promise<void> {
    try {
      await Promise.all((await this.claimDue()).map((entry) => this.attempt(entry)));
    } catch (cause) {
      this.logger.warn({ msg: 'The queue of revocations could not be read', cause: String(cause) });
    }
  }

  private claimDue(): Promise<QueuedRevocation[]> {
    return rows(
      this.dataSource,
      `UPDATE revocations AS r SET attempts = attempts + 1,
         next_attempt_at = evergrant_now() + make_interval(secs => $2 * 2 ^ attempts)
       FROM mcp_credentials c
       WHERE c.id = r.credential_id AND r.id IN (
         SELECT id FROM revocations WHERE next_attempt_at <= evergrant_now()
         ORDER BY next_attempt_at LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING ${selectList(queuedRevocation)}`,
      [batchSize, firstPauseSeconds],
    );
  }

  private async attempt(entry: QueuedRevocation): Promise<void> {
    const { credentialId, tenantId, attempts } = entry;
    try {
      const ending = await this.revoke(entry);
      if (ending === null && attempts < attemptLimit) return;
      await this.end(entry, ending ?? 'gave_up');
      this.logger.log({ msg: 'Revocation ended', credentialId, tenantId, outcome: ending ?? 'gave_up' });
    } catch (cause) {
      this.logger.warn({ msg: 'A revocation broke off', credentialId, tenantId, cause: String(cause) });
    }
  }

  /** @returns null when the provider could not be asked: the entry stays for its next attempt */
  private async revoke(entry: QueuedRevocation): Promise<RevocationEnding | null> {
    const { tenantId, credentialId: recordId, generation } = entry;
    const { credentials: client } = await this.oauthClients.resolve(entry.oauthClientId);
    if (!client) return 'client_not_configured';
    if (await this.liveGrants.wouldEnd({ ...entry, clientId: client.clientId }))
      return 'kept_for_other_grants';
    const refreshToken = await this.cipher.open(
      { tenantId, recordId, field: 'refresh_token', generation },
      entry.sealedRefreshToken,
    );
    const outcome = await this.providers.get(entry.provider).revoke(refreshToken, client);
    return outcome.status === 'revoked' ? 'revoked' : null;
  }

  private async end(entry: QueuedRevocation, outcome: RevocationEnding): Promise<void> {
    await rows(
      this.dataSource,
      `WITH ended AS (
         DELETE FROM revocations AS r USING mcp_credentials c WHERE r.id = $1 AND c.id = r.credential_id
         RETURNING r.tenant_id, c.id, r.generation, c.refresh_version
       )
       ${addHistory('ended', { event: `'revocation'`, outcome: '$2' })}`,
      [entry.id, outcome],
    );
  }
}
