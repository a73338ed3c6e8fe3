import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { defer, from, share, Subject, takeUntil, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import type { ChangePosition } from './change-position.js';
import { selectList, type Projection } from '../projection.js';
import { rows } from '../rows.js';

/** One changed row: an instance, a credential, or a caller's key or token. */
export interface Change {
  position: ChangePosition;
  tenantId: string;
  instanceId: string | null;
  credentialId: string | null;
  callerId: string | null;
  kind: 'created' | 'updated' | 'deleted';
}

const pollMs = 500;
const batchSize = 1_000;
/** How long changes can be read back. */
const retentionSeconds = 3_600;

type ChangeRow = Omit<Change, 'position'> & ChangePosition;

export const changeRow: Projection<ChangeRow> = {
  transactionId: 'transaction_id::text',
  id: 'id',
  atSeconds: 'extract(epoch FROM at)::float8',
  tenantId: 'tenant_id',
  instanceId: 'instance_id',
  credentialId: 'credential_id',
  callerId: 'caller_id',
  kind: 'kind',
};
// What a transaction below the oldest running one has written is complete and in order.
const settled = 'transaction_id < pg_snapshot_xmin(pg_current_snapshot())';

/**
 * What changed for tenants, by any process. Triggers write it with the change itself, so nothing is missed; it is
 * read twice a second while there is a subscriber.
 */
@Injectable()
export class ChangeFeed implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ChangeFeed.name);
  private readonly closing = new Subject<void>();
  /**
   * A batch at a time, empty ones included. A subscriber may have missed changes before its first batch, and misses
   * none after it. Ends at a shutdown.
   */
  readonly live: Observable<readonly Change[]>;

  constructor(private readonly dataSource: DataSource) {
    this.live = defer(() => from(this.follow())).pipe(takeUntil(this.closing), share());
  }

  beforeApplicationShutdown(): void {
    this.closing.next();
  }

  /** A tenant's changes after a position, in order; `limit` at most. */
  since(tenantId: string, after: ChangePosition, limit = batchSize): Promise<Change[]> {
    return this.read('tenant_id = $4', after, limit, tenantId);
  }

  /** Whether all changes after a position are still kept. */
  remembers(position: ChangePosition, now: ChangePosition): boolean {
    return now.atSeconds - position.atSeconds < retentionSeconds;
  }

  /** Where the feed stands: what commits from now on comes later. */
  async head(): Promise<ChangePosition> {
    const [head] = await rows<{ transactionId: string; atSeconds: number }>(
      this.dataSource,
      `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS "transactionId",
              extract(epoch FROM evergrant_now())::float8 AS "atSeconds"`,
    );
    if (!head) throw new Error('PostgreSQL told no snapshot');
    return { ...head, id: '0' };
  }

  /** Deletes what is too old to be read back. Never rejects. */
  async prune(): Promise<void> {
    try {
      await rows(
        this.dataSource,
        'DELETE FROM changes WHERE at < evergrant_now() - make_interval(secs => $1)',
        [2 * retentionSeconds],
      );
    } catch (cause) {
      this.logger.warn({ msg: 'Old changes could not be deleted', cause: String(cause) });
    }
  }

  private async *follow(): AsyncGenerator<readonly Change[]> {
    let position: ChangePosition | null = null;
    let failing = false;
    for (;;) {
      try {
        const changes: Change[] = position === null ? [] : await this.read('true', position, batchSize);
        position ??= await this.head();
        position = changes.at(-1)?.position ?? position;
        failing = false;
        yield changes;
        if (changes.length === batchSize) continue;
      } catch (cause) {
        // Logged once for an outage: what needs the database logs the rest.
        if (!failing)
          this.logger.warn({ msg: 'The feed of changes could not be read', cause: String(cause) });
        failing = true;
        yield [];
      }
      await pause(pollMs, undefined, { ref: false });
    }
  }

  private async read(
    condition: string,
    after: ChangePosition,
    limit: number,
    ...parameters: unknown[]
  ): Promise<Change[]> {
    const found = await rows<ChangeRow>(
      this.dataSource,
      `SELECT ${selectList(changeRow)} FROM changes
       WHERE (transaction_id, id) > ($1::xid8, $2::bigint) AND ${settled} AND ${condition}
       ORDER BY transaction_id, id LIMIT $3`,
      [after.transactionId, after.id, limit, ...parameters],
    );
    return found.map(({ transactionId, id, atSeconds, ...change }) => ({
      ...change,
      position: { transactionId, id, atSeconds },
    }));
  }
}
