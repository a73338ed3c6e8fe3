import { Injectable } from '@nestjs/common';
import { rows, type SqlExecutor } from '../../database/index.js';
import { VerifiedCallers } from '../holders/verified-callers.js';
import { OwnerSessions } from '../owners/owner-sessions.js';

/** An account at a provider whose sign-ins with us are no longer believed. */
export interface DoubtedAccount {
  provider: string;
  subject: string;
  /** In seconds since the epoch: what began later is its owner's own doing. */
  beforeSeconds: number;
}

/** What has ended with them. */
export interface EndedAccess {
  /** Browsers that were signed in, to decide on mail or as a person. */
  sessions: number;
  /** Of MCP clients, with all their tokens. */
  authorizations: { id: string; tenantId: string; personId: string }[];
}

const ofAccount = `USING people p WHERE p.provider = $1 AND p.subject = $2 AND p.tenant_id = held.tenant_id
  AND p.id = held.person_id`;

/** All that was entered by signing in with an account: sessions of browsers, and what MCP clients were allowed. */
@Injectable()
export class AccountAccess {
  constructor(
    private readonly owners: OwnerSessions,
    private readonly callers: VerifiedCallers,
  ) {}

  /** Ends it in the caller's transaction; the person and their mailboxes stay. */
  async end(executor: SqlExecutor, account: DoubtedAccount): Promise<EndedAccess> {
    const { provider, subject, beforeSeconds } = account;
    const openedBeforeSeconds = beforeSeconds;
    const owners = await this.owners.closeAllOf(executor, { provider, subject, openedBeforeSeconds });
    const sessions = await rows(
      executor,
      `DELETE FROM person_sessions held ${ofAccount} AND held.created_at < to_timestamp($3)
       RETURNING held.session_hash`,
      [provider, subject, beforeSeconds],
    );
    const authorizations = await rows<EndedAccess['authorizations'][number]>(
      executor,
      `DELETE FROM person_authorizations held ${ofAccount} AND held.updated_at < to_timestamp($3)
       RETURNING held.id, held.tenant_id AS "tenantId", held.person_id AS "personId"`,
      [provider, subject, beforeSeconds],
    );
    return { sessions: owners + sessions.length, authorizations };
  }

  /** Once that is committed; other processes hear of it by the feed of changes. */
  forget({ authorizations }: EndedAccess): void {
    for (const { personId } of authorizations) this.callers.forget(personId);
  }
}
