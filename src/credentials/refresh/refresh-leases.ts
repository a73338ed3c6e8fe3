import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, type Projection } from '../../database/index.js';
import { RefreshSpill } from '../commits/refresh-spill.js';
import { refreshPause } from '../schedule/refresh-schedule.js';
import { gateIsOpen, isDue, leaseIsFree } from '../store/credential-predicates.js';
import { credentialSnapshot, type CredentialSnapshot } from '../store/credential-snapshot.js';
import { leaseSeconds, RefreshLease } from './refresh-lease.js';

/** A lease and the credential as it was when it was taken. */
export interface ClaimedCredential {
  lease: RefreshLease;
  credential: CredentialSnapshot;
}

/** As much as a process that waits for a holder's outcome has to know. */
export interface LeaseProgress {
  /** Another process holds the lease still. */
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

/** Takes the lease for the owner in $2 and $3 seconds. An attempt that is open stays the one to make. */
const claims = `lease_owner = $2, lease_expires_at = evergrant_now() + make_interval(secs => $3),
  attempt_id = coalesce(before.attempt_id, gen_random_uuid()),
  attempt_started_at = coalesce(before.attempt_started_at, evergrant_now())`;

/**
 * A row's claim to be refreshed by one process. It is taken by one conditional UPDATE that records the attempt;
 * no transaction and no lock is held while the provider answers. An attempt stays open until its outcome is
 * committed, and the next holder inherits it.
 */
@Injectable()
export class RefreshLeases {
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
      `UPDATE mcp_credentials AS c SET ${claims}
       FROM (SELECT id, attempt_id, attempt_started_at FROM mcp_credentials WHERE id = $1 FOR UPDATE) AS before,
         oauth_clients o
       WHERE c.id = before.id AND o.id = c.oauth_client_id AND ${leaseIsFree}
       RETURNING ${selectList(claimedCredential)}`,
      [credentialId, owner, leaseSeconds],
    );
    return row ? this.leased(owner, row) : null;
  }

  /**
   * Claims those that are still due and not held. Each one's due time moves on to the end of a pause that doubles with
   * every failure, so what a killed process had claimed comes due again by itself.
   */
  async claimDue(credentialIds: readonly string[]): Promise<ClaimedCredential[]> {
    await this.spill.replay(credentialIds);
    const owner = randomUUID();
    const claimed = await rows<ClaimedRow>(
      this.dataSource,
      `UPDATE mcp_credentials AS c SET ${claims}, next_refresh_at = evergrant_now() + ${refreshPause}
       FROM (
         SELECT id, attempt_id, attempt_started_at FROM mcp_credentials c
         WHERE id = ANY($1) AND ${isDue} AND ${leaseIsFree} AND ${gateIsOpen}
         FOR UPDATE SKIP LOCKED
       ) AS before, oauth_clients o
       WHERE c.id = before.id AND o.id = c.oauth_client_id
       RETURNING ${selectList(claimedCredential)}`,
      [credentialIds, owner, leaseSeconds],
    );
    return claimed.map((row) => this.leased(owner, row));
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

  private leased(owner: string, { attemptId, resumed, ...credential }: ClaimedRow): ClaimedCredential {
    const attempt = { id: attemptId, resumed };
    return { credential, lease: new RefreshLease(this.dataSource, credential.id, owner, attempt) };
  }
}
