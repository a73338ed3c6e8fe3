import { Injectable } from '@nestjs/common';
import { rows, type SqlExecutor } from '../../database/index.js';

/** Lets go of credentials that nothing points to any more, in the transaction of whoever counted. */
@Injectable()
export class CredentialRelease {
  /** Until the transaction ends no consent can point anything to the credential. */
  async lock(executor: SqlExecutor, credentialId: string): Promise<void> {
    await executor.query('SELECT FROM mcp_credentials WHERE id = $1 FOR UPDATE', [credentialId]);
  }

  /**
   * Destroys the tokens. With `revoke` the refresh token moves, sealed, into the queue of revocations, unless nobody
   * knows whose it is: then nobody can tell which other grants a revocation would end.
   */
  async discard(executor: SqlExecutor, credentialId: string, { revoke }: { revoke: boolean }): Promise<void> {
    await rows(
      executor,
      `WITH held AS (
         SELECT id, tenant_id, refresh_token, generation FROM mcp_credentials WHERE id = $1 FOR UPDATE
       ), queued AS (
         INSERT INTO revocations (tenant_id, credential_id, refresh_token, generation)
         SELECT held.tenant_id, held.id, held.refresh_token, held.generation
         FROM held JOIN mcp_credentials c USING (id)
         WHERE $2 AND held.refresh_token IS NOT NULL AND c.subject IS NOT NULL
       ), discarded AS (
         UPDATE mcp_credentials SET access_token = NULL, refresh_token = NULL, token_expires_at = NULL,
           oauth_status = 'pending', verdict = 'active', verdict_at = NULL, suspected_at = NULL, next_refresh_at = NULL, attempt_id = NULL, attempt_started_at = NULL,
           lease_owner = NULL, lease_expires_at = NULL, generation = mcp_credentials.generation + 1,
           updated_at = evergrant_now()
         FROM held WHERE mcp_credentials.id = held.id
         RETURNING mcp_credentials.tenant_id, mcp_credentials.id, mcp_credentials.generation, refresh_version
       )
       INSERT INTO credential_events (tenant_id, credential_id, event, outcome, generation, refresh_version)
       SELECT tenant_id, id, 'discard', 'discarded', generation, refresh_version FROM discarded`,
      [credentialId, revoke],
    );
  }
}
