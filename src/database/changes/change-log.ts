import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Change } from './change.js';
import { isLaterThan, type ChangePosition } from './change-position.js';
import { selectList, type Projection } from '../projection.js';
import { rows } from '../rows.js';

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
  watchedInstanceId: 'watched_instance_id',
  kind: 'kind',
};
const oldestRunning = 'pg_snapshot_xmin(pg_current_snapshot())';

/** Where one snapshot ends and a later one begins. */
export interface SnapshotSpan {
  after: string;
  upTo: string;
}

/** The table in which triggers write what changed for tenants, with the change itself, so nothing is missed. */
@Injectable()
export class ChangeLog {
  private readonly logger = new Logger(ChangeLog.name);

  constructor(private readonly dataSource: DataSource) {}

  /** A tenant's settled changes after a position, in order; `limit` at most. */
  since(tenantId: string, after: ChangePosition, limit: number): Promise<Change[]> {
    // What a transaction below the oldest running one has written is complete and in order.
    return this.read(
      `(transaction_id, id) > ($2::xid8, $3::bigint) AND transaction_id < ${oldestRunning} AND tenant_id = $4`,
      [limit, after.transactionId, after.id, tenantId],
    );
  }

  /**
   * What has become visible between two snapshots, settled or not; `limit` at most, after the place of the last one
   * that was read. It asks for the transactions that had not ended, however long ago the oldest of them began.
   */
  between({ after, upTo }: SnapshotSpan, last: ChangePosition | null, limit: number): Promise<Change[]> {
    return this.read(
      `(transaction_id = ANY (ARRAY(SELECT pg_snapshot_xip($2::pg_snapshot)))
          OR transaction_id >= pg_snapshot_xmax($2::pg_snapshot))
       AND pg_visible_in_snapshot(transaction_id, $3::pg_snapshot)
       ${last === null ? '' : 'AND (transaction_id, id) > ($4::xid8, $5::bigint)'}`,
      // A place that says nothing would have PostgreSQL look from the beginning of the index.
      last === null ? [limit, after, upTo] : [limit, after, upTo, last.transactionId, last.id],
    );
  }

  /** The snapshot of this moment. */
  async snapshot(): Promise<string> {
    const [found] = await rows<{ snapshot: string }>(
      this.dataSource,
      'SELECT pg_current_snapshot()::text AS snapshot',
    );
    if (!found) throw new Error('PostgreSQL told no snapshot');
    return found.snapshot;
  }

  /** Where the settled changes end: what commits from now on comes later. */
  async head(): Promise<ChangePosition> {
    const [head] = await rows<{ transactionId: string; atSeconds: number }>(
      this.dataSource,
      `SELECT ${oldestRunning}::text AS "transactionId", extract(epoch FROM evergrant_now())::float8 AS "atSeconds"`,
    );
    if (!head) throw new Error('PostgreSQL told no snapshot');
    return { ...head, id: '0' };
  }

  /** Whether all changes after a position are still kept. One that is still to come was told by another server. */
  remembers(position: ChangePosition, now: ChangePosition): boolean {
    return now.atSeconds - position.atSeconds < retentionSeconds && !isLaterThan(position, now);
  }

  /** How long the oldest change that is committed and not settled has waited, in seconds; 0 when none waits. */
  async lagSeconds(): Promise<number> {
    const [oldest] = await rows<{ seconds: number }>(
      this.dataSource,
      `SELECT extract(epoch FROM evergrant_now() - at)::float8 AS seconds FROM changes
       WHERE transaction_id >= ${oldestRunning} ORDER BY transaction_id, id LIMIT 1`,
    );
    return Math.max(0, oldest?.seconds ?? 0);
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

  private async read(condition: string, parameters: unknown[]): Promise<Change[]> {
    const found = await rows<ChangeRow>(
      this.dataSource,
      `SELECT ${selectList(changeRow)} FROM changes WHERE ${condition} ORDER BY transaction_id, id LIMIT $1`,
      parameters,
    );
    return found.map(({ transactionId, id, atSeconds, ...change }) => ({
      ...change,
      position: { transactionId, id, atSeconds },
    }));
  }
}
