import { Injectable, Logger } from '@nestjs/common';
import { concatMap, filter, from, map, type Observable } from 'rxjs';
import {
  ChangeFeed,
  rows,
  selectList,
  TenantDatabase,
  type Change,
  type Projection,
  type SqlExecutor,
} from '../../database/index.js';

/** `resync`: Gmail no longer tells what has changed since the last look, so that anything may have. */
export type MailboxChangeKind = 'changed' | 'resync';

/** What was seen to change in a watched mailbox (`mailbox.changed`). */
export interface MailboxChange {
  /** Rises from change to change of one mailbox. */
  id: string;
  instanceId: string;
  kind: MailboxChangeKind;
  /** Up to where the mailbox is known with it. */
  historyId: string;
  /** Null for more than are told: any may have changed. */
  messageIds: string[] | null;
  threadIds: string[] | null;
}

export type NewMailboxChange = Omit<MailboxChange, 'id'> & { tenantId: string };

export const mailboxChange: Projection<MailboxChange> = {
  id: 'id::text',
  instanceId: 'instance_id',
  kind: 'kind',
  historyId: 'history_id::text',
  messageIds: 'message_ids',
  threadIds: 'thread_ids',
};

const keptSeconds = 86_400;

/**
 * What watched mailboxes were seen to change, by any process. Each change is a row, written with the position of the
 * watch in one transaction, and a line in the feed of changes: nothing is told that was not stored, and whatever is to
 * be delivered for certain reads the rows.
 */
@Injectable()
export class MailboxChanges {
  private readonly logger = new Logger(MailboxChanges.name);
  /** The instances whose mailboxes have changed, a batch at a time, empty ones included; perhaps more than once. */
  readonly committed: Observable<readonly string[]>;

  constructor(
    private readonly database: TenantDatabase,
    feed: ChangeFeed,
  ) {
    this.committed = feed.committed.pipe(map(watchedInstances));
  }

  /** Records a change, in the transaction in which the watch moves on. */
  async add(executor: SqlExecutor, change: NewMailboxChange): Promise<void> {
    const { tenantId, instanceId, kind, historyId, messageIds, threadIds } = change;
    await rows(
      executor,
      `INSERT INTO mailbox_changes (tenant_id, instance_id, kind, history_id, message_ids, thread_ids)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [tenantId, instanceId, kind, historyId, messageIds, threadIds],
    );
  }

  /** Deletes what is older than a day. */
  async prune(executor: SqlExecutor): Promise<void> {
    await rows(
      executor,
      'DELETE FROM mailbox_changes WHERE at < evergrant_now() - make_interval(secs => $1::float8)',
      [keptSeconds],
    );
  }

  /** Each change of one mailbox from the moment on at which this resolves, in order and once. */
  async of(tenantId: string, instanceId: string): Promise<Observable<MailboxChange>> {
    let reached = await this.last(tenantId, instanceId);
    // The first batch may have been told before this listened; so may one that could not be read.
    let behind = true;
    const read = async (): Promise<MailboxChange[]> => {
      try {
        behind = true;
        const changes = await this.since(tenantId, instanceId, reached);
        reached = changes.at(-1)?.id ?? reached;
        behind = false;
        return changes;
      } catch (cause) {
        this.logger.warn({ msg: 'Changes of a mailbox could not be read', instanceId, cause: String(cause) });
        return [];
      }
    };
    return this.committed.pipe(
      filter((instanceIds) => behind || instanceIds.includes(instanceId)),
      concatMap(read),
      concatMap((changes) => from(changes)),
    );
  }

  private async last(tenantId: string, instanceId: string): Promise<string> {
    const [last] = await this.database.rows<{ id: string }>(
      tenantId,
      `SELECT coalesce(max(id), 0)::text AS id FROM mailbox_changes WHERE tenant_id = $1 AND instance_id = $2`,
      [tenantId, instanceId],
    );
    return last?.id ?? '0';
  }

  private since(tenantId: string, instanceId: string, after: string): Promise<MailboxChange[]> {
    return this.database.rows(
      tenantId,
      `SELECT ${selectList(mailboxChange)} FROM mailbox_changes
       WHERE tenant_id = $1 AND instance_id = $2 AND id > $3 ORDER BY mailbox_changes.id`,
      [tenantId, instanceId, after],
    );
  }
}

function watchedInstances(changes: readonly Change[]): string[] {
  return changes.flatMap(({ watchedInstanceId }) => watchedInstanceId ?? []);
}
