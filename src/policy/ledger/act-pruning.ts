import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';

/** What was decided on can be read again for so long; the audit log keeps that it was. */
const keptDays = 30;
const atOnce = 500;

/** Forgets acts that ended long ago, or of which it will never be known. Several processes may do it at once. */
@Injectable()
export class ActPruning {
  private readonly logger = new Logger(ActPruning.name);

  constructor(private readonly dataSource: DataSource) {}

  /** Never rejects. */
  async prune(): Promise<void> {
    try {
      const pruned = await rows(
        this.dataSource,
        `DELETE FROM outbound_acts WHERE id IN (
           (SELECT id FROM outbound_acts WHERE ended_at < evergrant_now() - make_interval(days => $1)
            LIMIT $2 FOR UPDATE SKIP LOCKED)
           UNION ALL
           (SELECT id FROM outbound_acts WHERE state = 'unknown' AND retry_at IS NULL
              AND created_at < evergrant_now() - make_interval(days => $1) LIMIT $2 FOR UPDATE SKIP LOCKED)
         ) RETURNING id`,
        [keptDays, atOnce],
      );
      if (pruned.length > 0) this.logger.log({ msg: 'Outbound acts pruned', acts: pruned.length });
    } catch (cause) {
      this.logger.warn({ msg: 'Outbound acts could not be pruned', cause: String(cause) });
    }
  }
}
