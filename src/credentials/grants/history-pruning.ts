import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { CredentialsOptions } from '../credentials-options.js';

const batchSize = 1_000;
/** What one pass takes on at most, so that a shutdown never waits long for it. */
const batchesAtOnce = 10;
const pauseMs = 50;

/** The oldest events from some place on, and what became of them. */
interface Batch {
  lastId: string | null;
  seen: number;
  anyOld: boolean;
  pruned: number;
}

/**
 * Forgets events that are older than the history is kept. The order of their ids is nearly that of time, so a walk over
 * the primary key from the oldest one on finds them, without an index on time; it ends at the first batch in which
 * nothing is old. Several processes may walk at once: each leaves alone what another is deleting.
 *
 * The beginning of a grant that is still held stays, however old it is: its consent or adoption, and the event that its
 * present refresh token came with. A grant lives for years, and its story would else begin in the middle, without a
 * word on when it was given and which token it is. That is a row or two for each grant, and they go when it has ended.
 */
@Injectable()
export class HistoryPruning {
  private readonly logger = new Logger(HistoryPruning.name);
  /** Where the walk stands; what stays is not looked at again before the walk begins anew. */
  private reachedId = '0';

  constructor(
    private readonly dataSource: DataSource,
    @Inject(CredentialsOptions) private readonly options: CredentialsOptions,
  ) {}

  /** Goes on with the walk for some batches. Never rejects. */
  async prune(): Promise<void> {
    if (this.options.historyRetentionDays === 0) return;
    let pruned = 0;
    try {
      for (let batches = 0; batches < batchesAtOnce; batches += 1) {
        if (batches > 0) await pause(pauseMs);
        const batch = await this.pruneBatch();
        pruned += batch.pruned;
        const isAtItsEnd = !batch.anyOld || batch.seen < batchSize;
        this.reachedId = isAtItsEnd ? '0' : (batch.lastId ?? '0');
        if (isAtItsEnd) break;
      }
    } catch (cause) {
      this.logger.warn({ msg: 'The history could not be pruned', cause: String(cause) });
    }
    if (pruned > 0) this.logger.log({ msg: 'History pruned', events: pruned });
  }

  private async pruneBatch(): Promise<Batch> {
    const [batch] = await rows<Batch>(
      this.dataSource,
      `WITH oldest AS MATERIALIZED (
         SELECT id, evergrant_now() - at > make_interval(days => $3) AS old
         FROM credential_events WHERE id > $1 ORDER BY id LIMIT $2
       ), doomed AS (
         SELECT e.id
         FROM oldest JOIN credential_events e ON e.id = oldest.id JOIN mcp_credentials c ON c.id = e.credential_id
         WHERE oldest.old AND NOT (c.refresh_token IS NOT NULL AND (
           e.generation = c.generation AND e.event IN ('consent', 'adoption') AND e.outcome = 'completed'
           OR e.refresh_version = c.refresh_version AND e.refresh_token_fingerprint IS NOT NULL))
         FOR UPDATE OF e SKIP LOCKED
       ), pruned AS (
         DELETE FROM credential_events USING doomed WHERE credential_events.id = doomed.id RETURNING doomed.id
       )
       SELECT max(id)::text AS "lastId", count(*)::int AS seen, coalesce(bool_or(old), false) AS "anyOld",
              (SELECT count(*) FROM pruned)::int AS pruned
       FROM oldest`,
      [this.reachedId, batchSize, this.options.historyRetentionDays],
    );
    if (!batch) throw new Error('PostgreSQL told nothing of the batch');
    return batch;
  }
}
