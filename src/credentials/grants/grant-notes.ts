import { Injectable } from '@nestjs/common';
import { rows, type SqlExecutor } from '../../database/index.js';
import { addHistory } from '../store/history-row.js';

/** Records in the history of grants what was done about them and did not change their tokens. */
@Injectable()
export class GrantNotes {
  /**
   * An OAuth client was given with its secret: it serves every grant that is held under it at once, and for the
   * instance's own grant under another client only from its next consent on.
   */
  async clientGiven(
    executor: SqlExecutor,
    { oauthClientId, credentialId }: { oauthClientId: string; credentialId: string | null },
  ): Promise<void> {
    await rows(
      executor,
      addHistory('mcp_credentials WHERE refresh_token IS NOT NULL AND (oauth_client_id = $1 OR id = $2)', {
        event: `'client'`,
        outcome: `CASE WHEN oauth_client_id = $1 THEN 'secret_replaced' ELSE 'chosen_for_next_consent' END`,
      }),
      [oauthClientId, credentialId],
    );
  }

  /** A consent or an adopted token for fewer scopes came; the grant for more was kept instead. */
  async widerGrantKept(
    executor: SqlExecutor,
    { credentialId, event }: { credentialId: string; event: 'consent' | 'adoption' },
  ): Promise<void> {
    await rows(
      executor,
      addHistory('mcp_credentials WHERE id = $1', { event: '$2', outcome: `'wider_grant_kept'` }),
      [credentialId, event],
    );
  }
}
