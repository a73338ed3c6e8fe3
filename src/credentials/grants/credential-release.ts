import { Injectable } from '@nestjs/common';
import { rows, type SqlExecutor } from '../../database/index.js';
import { destroysTokens } from '../store/credential-assignments.js';
import { addHistory } from '../store/history-row.js';

/** The adoption that brought the refresh token that is held, or its present generation; the history keeps it for as long. */
const adoption = `SELECT FROM credential_events e
  WHERE e.credential_id = held.id AND e.event = 'adoption' AND e.outcome = 'completed'
    AND (e.generation = held.generation OR e.refresh_version = c.refresh_version)`;

/** Whether a grant is revoked at the provider; `unless-adopted` spares what was obtained elsewhere and may live there. */
export type RevocationChoice = boolean | 'unless-adopted';

/** Discards credentials that nothing points to any more, in the transaction that found this out. */
@Injectable()
export class CredentialRelease {
  /** Until the transaction ends no consent can point anything to the credential. */
  async lock(executor: SqlExecutor, credentialId: string): Promise<void> {
    await executor.query('SELECT FROM mcp_credentials WHERE id = $1 FOR UPDATE', [credentialId]);
  }

  /**
   * Destroys the tokens. With `revoke` the refresh token moves, sealed, into the queue of revocations, unless its
   * account is unknown: then it cannot be told which other grants a revocation would end.
   */
  async discard(
    executor: SqlExecutor,
    credentialId: string,
    { revoke }: { revoke: RevocationChoice },
  ): Promise<void> {
    await rows(
      executor,
      `WITH held AS (
         SELECT id, tenant_id, refresh_token, generation FROM mcp_credentials WHERE id = $1 FOR UPDATE
       ), queued AS (
         INSERT INTO revocations (tenant_id, credential_id, refresh_token, generation)
         SELECT held.tenant_id, held.id, held.refresh_token, held.generation
         FROM held JOIN mcp_credentials c USING (id)
         WHERE ($2 = 'always' OR $2 = 'unless-adopted' AND NOT EXISTS (${adoption}))
           AND held.refresh_token IS NOT NULL AND c.subject IS NOT NULL
       ), discarded AS (
         UPDATE mcp_credentials SET ${destroysTokens},
           oauth_status = 'pending', verdict = 'active', verdict_at = NULL, suspected_at = NULL,
           lease_owner = NULL, lease_expires_at = NULL, generation = mcp_credentials.generation + 1,
           updated_at = evergrant_now()
         FROM held WHERE mcp_credentials.id = held.id
         RETURNING mcp_credentials.tenant_id, mcp_credentials.id, mcp_credentials.generation, refresh_version
       )
       ${addHistory('discarded', { event: `'discard'`, outcome: `'discarded'` })}`,
      [credentialId, revoke === true ? 'always' : revoke || 'never'],
    );
  }
}
