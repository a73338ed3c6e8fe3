import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection, type SqlExecutor } from '../../database/index.js';
import { newSecret, secretHash } from '../holders/secret-hash.js';
import { isSuspended } from '../tenant-suspension.js';

/** Long enough to read and decide, short enough for a browser that is left behind. */
export const ownerSessionLifeSeconds = 30 * 60;

/** A person who signed in with the provider of a mailbox, and what that holds for: this tenant, this account. */
export interface MailboxOwner {
  tenantId: string;
  provider: string;
  /** The account's stable id at the provider. */
  subject: string;
  email: string;
}

export const mailboxOwner: Projection<MailboxOwner> = {
  tenantId: 'tenant_id',
  provider: 'provider',
  subject: 'subject',
  email: 'email',
};

/** Browsers of people who signed in as the owner of a mailbox: for half an hour, and for nothing but what is of that mailbox. */
@Injectable()
export class OwnerSessions {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns the secret for the browser's cookie; only a hash of it is stored */
  async open({ tenantId, provider, subject, email }: MailboxOwner): Promise<string> {
    const secret = newSecret();
    await rows(
      this.dataSource,
      `WITH pruned AS (DELETE FROM owner_sessions WHERE expires_at <= evergrant_now())
       INSERT INTO owner_sessions (session_hash, tenant_id, provider, subject, email, expires_at)
       VALUES ($1, $2, $3, $4, $5, evergrant_now() + make_interval(secs => $6))`,
      [secretHash(secret), tenantId, provider, subject, email, ownerSessionLifeSeconds],
    );
    return secret;
  }

  /** @returns null for a session that is unknown or over, and while its tenant is suspended */
  async verify(secret: string): Promise<MailboxOwner | null> {
    const [owner] = await rows<MailboxOwner>(
      this.dataSource,
      `SELECT ${selectList(mailboxOwner)} FROM owner_sessions
       WHERE session_hash = $1 AND expires_at > evergrant_now() AND NOT ${isSuspended('tenant_id')}`,
      [secretHash(secret)],
    );
    return owner ?? null;
  }

  async close(secret: string): Promise<void> {
    await rows(this.dataSource, 'DELETE FROM owner_sessions WHERE session_hash = $1', [secretHash(secret)]);
  }

  /**
   * Closes those of an account, in all tenants, that were opened before a time in seconds since the epoch: the provider
   * says that they may not be its owner's.
   * @returns how many there were
   */
  async closeAllOf(
    executor: SqlExecutor,
    {
      provider,
      subject,
      openedBeforeSeconds,
    }: Pick<MailboxOwner, 'provider' | 'subject'> & { openedBeforeSeconds: number },
  ): Promise<number> {
    const closed = await rows(
      executor,
      `DELETE FROM owner_sessions WHERE provider = $1 AND subject = $2 AND created_at < to_timestamp($3)
       RETURNING session_hash`,
      [provider, subject, openedBeforeSeconds],
    );
    return closed.length;
  }
}
