import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../database/index.js';
import { RefreshSpill } from './refresh-spill.js';

const leaseSeconds = 30;
const renewEveryMs = 10_000;

/** The right to refresh one credential, held by one process. */
export interface RefreshLease {
  /** Names this claim; a late holder does not disturb who took over from it. */
  owner: string;
  /** The attempt to make: the provider's answer is kept under this id. */
  attemptId: string;
  /** The attempt is an earlier holder's, who never told its outcome: it has to be asked for first. */
  resumed: boolean;
  /** Gives the lease back; the attempt too, when nothing was presented under it. Never rejects. */
  release(options: { presented: boolean }): Promise<void>;
}

/**
 * A row's claim to be refreshed by one process. It is taken by one conditional UPDATE that records the attempt;
 * no transaction and no lock is held while the provider answers. An attempt stays open until its outcome is
 * committed, and whoever comes next inherits it.
 */
@Injectable()
export class RefreshLeases {
  private readonly logger = new Logger(RefreshLeases.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly spill: RefreshSpill,
  ) {}

  /**
   * What this process has on disk for the credential is committed first.
   * @returns null while another process holds it
   */
  async claim(credentialId: string): Promise<RefreshLease | null> {
    await this.spill.replay(credentialId);
    const owner = randomUUID();
    const [claimed] = await rows<{ attemptId: string; resumed: boolean }>(
      this.dataSource,
      `UPDATE mcp_credentials AS credential SET
         lease_owner = $2, lease_expires_at = evergrant_now() + make_interval(secs => $3),
         attempt_id = coalesce(before.attempt_id, $4),
         attempt_started_at = coalesce(before.attempt_started_at, evergrant_now())
       FROM (SELECT id, attempt_id, attempt_started_at FROM mcp_credentials WHERE id = $1 FOR UPDATE) AS before
       WHERE credential.id = before.id
         AND (credential.lease_expires_at IS NULL OR credential.lease_expires_at <= evergrant_now())
       RETURNING credential.attempt_id AS "attemptId", before.attempt_id IS NOT NULL AS resumed`,
      [credentialId, owner, leaseSeconds, randomUUID()],
    );
    if (!claimed) return null;
    const renewal = setInterval(() => void this.renew(owner, credentialId), renewEveryMs).unref();
    return {
      owner,
      ...claimed,
      release: async ({ presented }) => {
        clearInterval(renewal);
        await this.release(owner, credentialId, presented);
      },
    };
  }

  /** Never rejects: what a refresh brought is served though the lease cannot be given back; it lapses by itself. */
  private async release(owner: string, credentialId: string, presented: boolean): Promise<void> {
    try {
      await rows(
        this.dataSource,
        `UPDATE mcp_credentials SET lease_owner = NULL, lease_expires_at = NULL,
           attempt_id = CASE WHEN $3 THEN attempt_id END,
           attempt_started_at = CASE WHEN $3 THEN attempt_started_at END
         WHERE id = $1 AND lease_owner = $2`,
        [credentialId, owner, presented],
      );
    } catch (cause) {
      this.logger.warn({ msg: 'A refresh lease could not be released', credentialId, cause: String(cause) });
    }
  }

  private async renew(owner: string, credentialId: string): Promise<void> {
    try {
      await rows(
        this.dataSource,
        `UPDATE mcp_credentials SET lease_expires_at = evergrant_now() + make_interval(secs => $3)
         WHERE id = $1 AND lease_owner = $2`,
        [credentialId, owner, leaseSeconds],
      );
    } catch (cause) {
      this.logger.warn({ msg: 'A refresh lease could not be renewed', credentialId, cause: String(cause) });
    }
  }
}
