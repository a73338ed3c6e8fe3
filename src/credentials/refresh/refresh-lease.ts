import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';

/** A lease that is not renewed lapses after this long, and another process may go on. */
export const leaseSeconds = 30;
const renewEveryMs = 10_000;

/** One presentation of a refresh token under an id, by which its outcome can be asked for. */
export interface RefreshAttempt {
  readonly id: string;
  /** An earlier holder of the lease began it and recorded no outcome: it has to be asked for first. */
  readonly resumed: boolean;
}

/** The right of one process to refresh one credential; renewed until it ends. */
export class RefreshLease {
  private readonly logger = new Logger(RefreshLease.name);
  private readonly renewal = setInterval(() => void this.renew(), renewEveryMs).unref();
  private ended = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly credentialId: string,
    /** Names this claim, so that a late holder does not disturb the next one. */
    private readonly owner: string,
    /** The attempt to make under it. */
    readonly attempt: RefreshAttempt,
  ) {}

  /** Gives up what became of the open attempt, and begins another one in its place. */
  async beginAnew(): Promise<RefreshAttempt> {
    const another = { id: randomUUID(), resumed: false };
    await rows(
      this.dataSource,
      `UPDATE mcp_credentials SET attempt_id = $3, attempt_started_at = evergrant_now()
       WHERE id = $1 AND lease_owner = $2`,
      [this.credentialId, this.owner, another.id],
    );
    return another;
  }

  /** Makes a write whose statement gives the lease back too; once that is stored nothing is left to release. */
  async commit<Commit extends { status: string }>(
    write: (owner: string) => Promise<Commit>,
  ): Promise<Commit> {
    const commit = await write(this.owner);
    if (commit.status === 'stored') this.end();
    return commit;
  }

  /**
   * Gives the lease back unless a commit did; the attempt too, when nothing was presented under it. Never rejects: what
   * a refresh brought is served though the lease cannot be given back; it lapses by itself.
   */
  async release({ presented }: { presented: boolean }): Promise<void> {
    if (this.ended) return;
    this.end();
    await this.logged(
      'A refresh lease could not be released',
      `UPDATE mcp_credentials SET lease_owner = NULL, lease_expires_at = NULL,
         attempt_id = CASE WHEN $3 THEN attempt_id END,
         attempt_started_at = CASE WHEN $3 THEN attempt_started_at END
       WHERE id = $1 AND lease_owner = $2`,
      presented,
    );
  }

  private async renew(): Promise<void> {
    await this.logged(
      'A refresh lease could not be renewed',
      `UPDATE mcp_credentials SET lease_expires_at = evergrant_now() + make_interval(secs => $3)
       WHERE id = $1 AND lease_owner = $2`,
      leaseSeconds,
    );
  }

  private end(): void {
    clearInterval(this.renewal);
    this.ended = true;
  }

  /** Runs a statement on the leased row. A failure is logged, and never rejects. */
  private async logged(msg: string, statement: string, parameter: unknown): Promise<void> {
    const { credentialId } = this;
    try {
      await rows(this.dataSource, statement, [credentialId, this.owner, parameter]);
    } catch (cause) {
      this.logger.warn({ msg, credentialId, cause: String(cause) });
    }
  }
}
