import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, selectList, TenantDatabase, type Projection } from '../../database/index.js';
import type { KnownWatch } from './instance-watches.js';
import type { RenewalEnd, WatchMode } from './watch-schedule.js';

export interface WatchPlace {
  tenantId: string;
  instanceId: string;
}

interface NewWatch extends WatchPlace {
  email: string;
  labelIds: readonly string[];
  historyId: string;
  topic: string | null;
  /** When it is looked at first. */
  lookInSeconds: number;
}

export const knownWatch: Projection<Omit<KnownWatch, 'isNew'>> = {
  mode: 'mode',
  labelIds: 'label_ids',
  historyId: 'history_id::text',
  expiresAt: "CASE WHEN mode = 'push' THEN expires_at END",
};

/** Whoever begins a watch asks Gmail for notifications at once; the background does if that process has died. */
const renewedByCallerSeconds = 120;

/** The watches of mailboxes, as calls and notifications concern them. */
@Injectable()
export class StoredWatches {
  constructor(
    private readonly database: TenantDatabase,
    private readonly dataSource: DataSource,
  ) {}

  /** Puts a watch, or gives the one there is other labels: up to where it knows the mailbox stays. */
  async put(watch: NewWatch): Promise<KnownWatch> {
    const { tenantId, instanceId, email, labelIds, historyId, topic, lookInSeconds } = watch;
    const [put] = await this.database.rows<KnownWatch>(
      tenantId,
      `INSERT INTO mailbox_watches AS w (tenant_id, instance_id, email, label_ids, history_id, topic, renew_at, look_at, due_at)
       VALUES ($1, $2, $3, $4, $5::numeric, $6::text,
         CASE WHEN $6::text IS NOT NULL THEN evergrant_now() + make_interval(secs => $8::float8) END,
         evergrant_now() + make_interval(secs => $7::float8),
         evergrant_now() + make_interval(secs => CASE WHEN $6::text IS NULL THEN $7::float8 ELSE least($7::float8, $8::float8) END))
       ON CONFLICT (instance_id) DO UPDATE SET email = excluded.email, label_ids = excluded.label_ids,
         topic = excluded.topic, renew_at = excluded.renew_at,
         look_at = least(w.look_at, excluded.look_at), due_at = CASE WHEN w.lease_id IS NULL
           THEN least(w.look_at, excluded.look_at, excluded.renew_at) ELSE w.due_at END
       RETURNING ${selectList(knownWatch)}, xmax = 0 AS "isNew"`,
      [
        ...[tenantId, instanceId, email.toLowerCase(), labelIds, historyId, topic],
        ...[lookInSeconds, renewedByCallerSeconds],
      ],
    );
    if (put === undefined) throw new Error('The watch was not stored');
    return put;
  }

  /** Records what Gmail said to the caller that began it. */
  async renewed(
    { tenantId, instanceId }: WatchPlace,
    end: RenewalEnd,
    { mode, nextSeconds }: { mode: WatchMode; nextSeconds: number },
  ): Promise<void> {
    await this.database.rows(
      tenantId,
      `UPDATE mailbox_watches SET mode = $3, expires_at = coalesce($4, expires_at),
         renewal_failures = CASE WHEN $6 THEN renewal_failures + 1 ELSE 0 END,
         renew_at = evergrant_now() + make_interval(secs => $5::float8),
         due_at = CASE WHEN lease_id IS NULL
           THEN least(look_at, evergrant_now() + make_interval(secs => $5::float8)) ELSE due_at END
       WHERE tenant_id = $1 AND instance_id = $2`,
      [
        ...[tenantId, instanceId, mode, end.status === 'renewed' ? end.expiresAt : null, nextSeconds],
        end.status === 'failed',
      ],
    );
  }

  /** Ends a watch. @returns the address of its mailbox; null where there was none */
  async remove({ tenantId, instanceId }: WatchPlace): Promise<string | null> {
    const [removed] = await this.database.rows<{ email: string }>(
      tenantId,
      'DELETE FROM mailbox_watches WHERE tenant_id = $1 AND instance_id = $2 RETURNING email',
      [tenantId, instanceId],
    );
    return removed?.email ?? null;
  }

  /** Whether any tenant has the mailbox watched by notifications, of which Gmail has one for all. */
  async needsNotifications(email: string): Promise<boolean> {
    const found = await rows(
      this.dataSource,
      "SELECT 1 FROM mailbox_watches WHERE email = $1 AND mode = 'push' LIMIT 1",
      [email],
    );
    return found.length > 0;
  }

  /**
   * Has the mailbox of this address looked at, for whichever tenants watch it, unless it is known up to this history id
   * already. @returns for how many watches that was news
   */
  async lookAgain(email: string, historyId: string): Promise<number> {
    const told = await rows(
      this.dataSource,
      `UPDATE mailbox_watches SET pushed_history_id = $2::numeric, look_at = evergrant_now(),
         due_at = CASE WHEN lease_id IS NULL THEN evergrant_now() ELSE due_at END
       WHERE email = $1 AND $2::numeric > greatest(history_id, pushed_history_id) RETURNING instance_id`,
      [email.toLowerCase(), historyId],
    );
    return told.length;
  }
}
