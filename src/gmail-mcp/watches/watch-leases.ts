import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, TenantDatabase, type Projection } from '../../database/index.js';
import { MailboxChanges, type NewMailboxChange } from '../../instances/index.js';
import type { WatchPlace } from './stored-watches.js';
import type { RenewalEnd, WatchMode } from './watch-schedule.js';

/** Longer than a turn can take: a token of 25 seconds, twice, and a look of 20. */
const leaseSeconds = 90;
/** Where Gmail's history is behind the notification, it is looked at once more after so long. */
const historyLagSeconds = 10;

/** A watch that a process has a turn at. */
export interface LeasedWatch extends WatchPlace {
  leaseId: string;
  labelIds: string[];
  mode: WatchMode;
  topic: string | null;
  historyId: string;
  pushedHistoryId: string | null;
  /** Whether Gmail's notifications have not expired. */
  isAlive: boolean;
  renewalDue: boolean;
  lookDue: boolean;
  renewalFailures: number;
  lookFailures: number;
}

export const leasedWatch: Projection<LeasedWatch> = {
  tenantId: 'w.tenant_id',
  instanceId: 'w.instance_id',
  leaseId: 'w.lease_id',
  labelIds: 'w.label_ids',
  mode: 'w.mode',
  topic: 'w.topic',
  historyId: 'w.history_id::text',
  pushedHistoryId: 'w.pushed_history_id::text',
  isAlive: 'coalesce(w.expires_at > evergrant_now(), false)',
  renewalDue: 'coalesce(w.renew_at <= evergrant_now(), false)',
  lookDue: 'w.look_at <= evergrant_now()',
  renewalFailures: 'w.renewal_failures',
  lookFailures: 'w.look_failures',
};

/** What a turn came to. */
export interface WatchTurnEnd {
  mode: WatchMode;
  /** With the topic that was asked for; null for none any more. */
  renewal: { end: RenewalEnd; nextSeconds: number; topic: string | null } | null;
  look: {
    /** Up to where the mailbox is known now. */
    historyId: string;
    nextSeconds: number;
    errorCode: string | null;
    change: Omit<NewMailboxChange, 'tenantId' | 'instanceId' | 'historyId'> | null;
  } | null;
}

/** The claims of processes on watches whose turn it is. */
@Injectable()
export class WatchLeases {
  constructor(
    private readonly database: TenantDatabase,
    private readonly dataSource: DataSource,
    private readonly changes: MailboxChanges,
  ) {}

  /**
   * Claims watches that are due, the longest waiting first, of all tenants that are not suspended. One whose process has
   * died is due when its lease ends.
   */
  claim(limit: number): Promise<LeasedWatch[]> {
    return rows(
      this.dataSource,
      `UPDATE mailbox_watches AS w SET lease_id = $2, due_at = evergrant_now() + make_interval(secs => $3)
       FROM (
         SELECT d.instance_id FROM mailbox_watches d JOIN tenants t ON t.id = d.tenant_id
         WHERE d.due_at <= evergrant_now() AND t.suspended_at IS NULL
         ORDER BY d.due_at LIMIT $1 FOR UPDATE OF d SKIP LOCKED
       ) AS due
       WHERE w.instance_id = due.instance_id RETURNING ${selectList(leasedWatch)}`,
      [limit, randomUUID(), leaseSeconds],
    );
  }

  /** Records a turn and the change it has seen, and ends the lease; nothing where that is another's by now. */
  async settle(watch: LeasedWatch, end: WatchTurnEnd): Promise<void> {
    const { tenantId, instanceId } = watch;
    await this.database.transaction(tenantId, async (executor) => {
      // A notification that came meanwhile is looked after at once; one that history did not show yet, once more.
      const [settled] = await rows(
        executor,
        `UPDATE mailbox_watches AS w SET
           mode = $4, topic = CASE WHEN $5 THEN $15 ELSE w.topic END, lease_id = NULL,
           renew_at = n.renew_at, look_at = n.look_at, due_at = least(n.look_at, n.renew_at),
           expires_at = CASE WHEN $5 THEN coalesce($6, w.expires_at) ELSE w.expires_at END,
           renewal_failures = CASE WHEN NOT $5 THEN w.renewal_failures
             WHEN $8 THEN w.renewal_failures + 1 ELSE 0 END,
           history_id = coalesce($10::numeric, w.history_id),
           pushed_history_id = CASE WHEN n.came THEN w.pushed_history_id WHEN $9 THEN NULL ELSE w.pushed_history_id END,
           error_code = CASE WHEN $9 THEN $12 ELSE w.error_code END,
           look_failures = CASE WHEN NOT $9 THEN w.look_failures
             WHEN $12::text IS NULL THEN 0 ELSE w.look_failures + 1 END
         FROM (
           SELECT o.instance_id, c.came,
             CASE WHEN NOT $5 THEN o.renew_at WHEN $15::text IS NULL THEN NULL
               ELSE evergrant_now() + make_interval(secs => $7::float8) END AS renew_at,
             CASE WHEN c.came OR NOT $9 THEN o.look_at
               WHEN $12::text IS NULL AND o.pushed_history_id > $10::numeric
                 THEN evergrant_now() + make_interval(secs => $14::float8)
               ELSE evergrant_now() + make_interval(secs => $11::float8) END AS look_at
           FROM mailbox_watches o, LATERAL (
             SELECT o.pushed_history_id IS DISTINCT FROM $13::numeric
               AND o.pushed_history_id > coalesce($10::numeric, o.history_id) AS came) c
           WHERE o.tenant_id = $1 AND o.instance_id = $2 AND o.lease_id = $3 FOR UPDATE OF o
         ) AS n
         WHERE w.instance_id = n.instance_id RETURNING w.instance_id`,
        settlement(watch, end),
      );
      if (settled === undefined || !end.look?.change) return;
      const { historyId, change } = end.look;
      await this.changes.add(executor, { tenantId, instanceId, historyId, ...change });
    });
  }

  /** Gives a turn back as if it had not begun, for another process to take. */
  async release({ tenantId, instanceId, leaseId }: LeasedWatch): Promise<void> {
    await this.database.rows(
      tenantId,
      `UPDATE mailbox_watches SET lease_id = NULL, due_at = least(look_at, renew_at)
       WHERE tenant_id = $1 AND instance_id = $2 AND lease_id = $3`,
      [tenantId, instanceId, leaseId],
    );
  }
}

/** The parameters of a settlement, in the order of its statement. */
function settlement(
  { tenantId, instanceId, leaseId, pushedHistoryId }: LeasedWatch,
  { mode, renewal, look }: WatchTurnEnd,
): unknown[] {
  return [
    ...[tenantId, instanceId, leaseId, mode],
    ...(renewal === null ? [false, null, null, false] : [true, ...renewed(renewal)]),
    ...(look === null ? [false, null, null, null] : [true, look.historyId, look.nextSeconds, look.errorCode]),
    ...[pushedHistoryId, historyLagSeconds, renewal?.topic ?? null],
  ];
}

function renewed({ end, nextSeconds }: NonNullable<WatchTurnEnd['renewal']>): unknown[] {
  return [end.status === 'renewed' ? end.expiresAt : null, nextSeconds, end.status === 'failed'];
}
