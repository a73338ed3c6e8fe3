import { Injectable } from '@nestjs/common';
import { rows, type SqlExecutor } from '../../database/index.js';

/** Tells in the history of grants what was done about them and left their tokens alone. */
@Injectable()
export class GrantNotes {
  /**
   * Somebody gave an OAuth client with its secret: it serves every grant that is held under it at once, and for the
   * instance's own grant under another client only from its next consent on.
   */
  async clientGiven(
    executor: SqlExecutor,
    { oauthClientId, credentialId }: { oauthClientId: string; credentialId: string | null },
  ): Promise<void> {
    await rows(
      executor,
      `INSERT INTO credential_events (tenant_id, credential_id, event, outcome, generation, refresh_version)
       SELECT tenant_id, id, 'client',
         CASE WHEN oauth_client_id = $1 THEN 'secret_replaced' ELSE 'chosen_for_next_consent' END,
         generation, refresh_version
       FROM mcp_credentials WHERE refresh_token IS NOT NULL AND (oauth_client_id = $1 OR id = $2)`,
      [oauthClientId, credentialId],
    );
  }

  /** A consent or an adopted token for fewer scopes came; the grant for more was kept in its stead. */
  async widerGrantKept(
    executor: SqlExecutor,
    { credentialId, event }: { credentialId: string; event: 'consent' | 'adoption' },
  ): Promise<void> {
    await rows(
      executor,
      `INSERT INTO credential_events (tenant_id, credential_id, event, outcome, generation, refresh_version)
       SELECT tenant_id, id, $2, 'wider_grant_kept', generation, refresh_version
       FROM mcp_credentials WHERE id = $1`,
      [credentialId, event],
    );
  }
}
