import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import { gateIsOpen, isDue, leaseIsFree } from '../store/credential-predicates.js';
import { credentialSnapshot, type CredentialSnapshot } from '../store/credential-snapshot.js';
import { refreshPause } from '../schedule/refresh-schedule.js';
import { RefreshSpill } from '../commits/refresh-spill.js';

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
  /** Gives up what became of the attempt, and begins another one. */
  beginAnew: () => Promise<void>;
  /** The commit of an outcome gave it back; nothing is left to release. */
  givenBack: () => void;
  /** Gives the lease back; the attempt too, when nothing was presented under it. Never rejects. */
  release: (options: { presented: boolean }) => Promise<void>;
}

/** A lease and the credential as it was when it was taken. */
export interface ClaimedCredential {
  lease: RefreshLease;
  credential: CredentialSnapshot;
}

/** As much as one who waits for a holder's outcome has to know. */
export interface LeaseProgress {
  /** Somebody holds the lease still. */
  held: boolean;
  sealedAccessToken: string | null;
  consecutiveFailures: number;
}

type ClaimedRow = CredentialSnapshot & { attemptId: string; resumed: boolean };

/** Of the row `before` the claim and the row `c` it made, with the OAuth client `o`. */
export const claimedCredential: Projection<ClaimedRow> = {
  ...credentialSnapshot,
  attemptId: 'c.attempt_id',
  resumed: 'before.attempt_id IS NOT NULL',
};

/** Of a credential `c`. */
export const leaseProgress: Projection<LeaseProgress> = {
  held: `NOT ${leaseIsFree}`,
  sealedAccessToken: 'c.access_token',
  consecutiveFailures: 'c.consecutive_failures',
};

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
   * @returns null while another process holds it, or when there is no such credential
   */
  async claim(credentialId: string): Promise<ClaimedCredential | null> {
    await this.spill.replay([credentialId]);
    const owner = randomUUID();
    const [row] = await rows<ClaimedRow>(
      this.dataSource,
      `UPDATE mcp_credentials AS c SET
         lease_owner = $2, lease_expires_at = evergrant_now() + make_interval(secs => $3),
         attempt_id = coalesce(before.attempt_id, $4),
         attempt_started_at = coalesce(before.attempt_started_at, evergrant_now())
       FROM (SELECT id, attempt_id, attempt_started_at FROM mcp_credentials WHERE id = $1 FOR UPDATE) AS before,
         oauth_clients o
       WHERE c.id = before.id AND o.id = c.oauth_client_id AND ${leaseIsFree}
       RETURNING ${selectList(claimedCredential)}`,
      [credentialId, owner, leaseSeconds, randomUUID()],
    );
    return row ? this.held(owner, row) : null;
  }

  /** @returns null when there is no such credential any more */
  async progress(credentialId: string): Promise<LeaseProgress | null> {
    const [progress] = await rows<LeaseProgress>(
      this.dataSource,
      `SELECT ${selectList(leaseProgress)} FROM mcp_credentials c WHERE c.id = $1`,
      [credentialId],
    );
    return progress ?? null;
  }

  /**
   * Claims those that are still due and not held by anybody. Each one's due time moves on to the end of a pause that
   * doubles with every failure, so what a killed process had claimed comes due again by itself.
   */
  async claimDue(credentialIds: readonly string[]): Promise<ClaimedCredential[]> {
    await this.spill.replay(credentialIds);
    const owner = randomUUID();
    const claimed = await rows<ClaimedRow>(
      this.dataSource,
      `UPDATE mcp_credentials AS c SET
         lease_owner = $2, lease_expires_at = evergrant_now() + make_interval(secs => $3),
         attempt_id = coalesce(before.attempt_id, gen_random_uuid()),
         attempt_started_at = coalesce(before.attempt_started_at, evergrant_now()),
         next_refresh_at = evergrant_now() + ${refreshPause}
       FROM (
         SELECT id, attempt_id, attempt_started_at FROM mcp_credentials c
         WHERE id = ANY($1) AND ${isDue} AND ${leaseIsFree} AND ${gateIsOpen}
         FOR UPDATE SKIP LOCKED
       ) AS before, oauth_clients o
       WHERE c.id = before.id AND o.id = c.oauth_client_id
       RETURNING ${selectList(claimedCredential)}`,
      [credentialIds, owner, leaseSeconds],
    );
    return claimed.map((row) => this.held(owner, row));
  }

  private held(owner: string, { attemptId, resumed, ...credential }: ClaimedRow): ClaimedCredential {
    const renewal = setInterval(() => void this.renew(owner, credential.id), renewEveryMs).unref();
    let over = false;
    const end = () => {
      clearInterval(renewal);
      over = true;
    };
    const release = async ({ presented }: { presented: boolean }) => {
      if (over) return;
      end();
      await this.release(owner, credential.id, presented);
    };
    const lease = { owner, attemptId, resumed, givenBack: end, release, beginAnew };
    const replace = (id: string) => this.replaceAttempt(owner, credential.id, id);
    async function beginAnew() {
      const another = randomUUID();
      await replace(another);
      Object.assign(lease, { attemptId: another, resumed: false });
    }
    return { credential, lease };
  }

  private async replaceAttempt(owner: string, credentialId: string, attemptId: string): Promise<void> {
    await rows(
      this.dataSource,
      `UPDATE mcp_credentials SET attempt_id = $3, attempt_started_at = evergrant_now()
       WHERE id = $1 AND lease_owner = $2`,
      [credentialId, owner, attemptId],
    );
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
