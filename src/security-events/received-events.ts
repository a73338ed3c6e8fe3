import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows, type SqlExecutor } from '../database/index.js';
import { oldestSeconds, type SecurityEventClaims } from './token/security-event-token.js';

/** Longer than a token is taken for, so that none comes back once it is forgotten. */
const rememberedSeconds = oldestSeconds + 86_400;
const prunedAtOnce = 1_000;

/** Which tokens were taken, by whatever process. Those too old to be taken again are forgotten as others come. */
@Injectable()
export class ReceivedEvents {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Does `work` once for a token, in a transaction with the note that it was done; of several processes that have the
   * token at once, all but one wait for that one.
   * @returns null when it was done before
   */
  async once<Result>(
    { iss, jti }: SecurityEventClaims,
    work: (executor: SqlExecutor) => Promise<Result>,
  ): Promise<Result | null> {
    return this.dataSource.transaction(async (manager) => {
      const noted = await rows(
        manager,
        `WITH pruned AS (
           DELETE FROM security_events WHERE token_id_hash IN (
             SELECT token_id_hash FROM security_events
             WHERE received_at <= evergrant_now() - make_interval(secs => $2)
             ORDER BY received_at LIMIT ${prunedAtOnce} FOR UPDATE SKIP LOCKED)
         )
         INSERT INTO security_events (token_id_hash) VALUES ($1) ON CONFLICT DO NOTHING RETURNING token_id_hash`,
        [
          createHash('sha256')
            .update(JSON.stringify([iss, jti]))
            .digest('base64url'),
          rememberedSeconds,
        ],
      );
      return noted.length === 0 ? null : work(manager);
    });
  }
}
