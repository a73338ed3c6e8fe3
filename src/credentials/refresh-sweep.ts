import { Injectable, Logger } from '@nestjs/common';
import pMap from 'p-map';
import { DataSource } from 'typeorm';
import { rows } from '../database/index.js';
import { CredentialReader } from './credential-reader.js';
import { CredentialRefresher } from './credential-refresher.js';

const batchSize = 200;
const refreshesAtOnce = 16;

/** A credential that nobody has used for this long is idle: its access token may lapse, its grant must not. */
const idleAfterDays = 7;
/** Google lets a grant die that was not used for six months. Drawn for each, so that they do not come due together. */
const keepAliveAfterDays = 25;
const keepAliveWithinDays = 5;

const firstPauseSeconds = 60;
const longestPauseSeconds = 3_600;

/**
 * Refreshes what is due before anybody asks for it. A batch is claimed by one statement that moves each credential's
 * due time on, so of several processes each gets others, and what a killed one had claimed comes due again by itself.
 */
@Injectable()
export class RefreshSweep {
  private readonly logger = new Logger(RefreshSweep.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly reader: CredentialReader,
    private readonly refresher: CredentialRefresher,
  ) {}

  /** Claims a batch and refreshes it. Never rejects. */
  async sweep(): Promise<void> {
    try {
      await pMap(await this.claimDue(), (id) => this.refresh(id), { concurrency: refreshesAtOnce });
    } catch (cause) {
      this.logger.warn({ msg: 'What is due could not be refreshed', cause: String(cause) });
    }
  }

  /**
   * A refresh that succeeds draws the next due time anew; until then it is the end of a pause that doubles with each
   * failure. What is idle and was refreshed not long ago is put off instead, and not returned.
   */
  private async claimDue(): Promise<string[]> {
    const claimed = await rows<{ id: string; wanted: boolean }>(
      this.dataSource,
      `UPDATE mcp_credentials AS c SET next_refresh_at = CASE WHEN due.wanted
           THEN evergrant_now() + make_interval(secs =>
             least($2 * 2 ^ least(c.consecutive_failures, 10), $3) * (0.75 + 0.5 * random()))
           ELSE c.last_refreshed_at + make_interval(secs => 86400 * ($5 + $6 * random())) END
       FROM (
         SELECT id, coalesce(last_used_at, oauth_completed_at, created_at)
             > evergrant_now() - make_interval(days => $4)
           OR coalesce(last_refreshed_at, created_at) <= evergrant_now() - make_interval(days => $5) AS wanted
         FROM mcp_credentials
         WHERE verdict = 'active' AND oauth_status = 'completed' AND next_refresh_at <= evergrant_now()
         ORDER BY next_refresh_at LIMIT $1 FOR UPDATE SKIP LOCKED
       ) AS due
       WHERE c.id = due.id
       RETURNING c.id, due.wanted`,
      [
        batchSize,
        firstPauseSeconds,
        longestPauseSeconds,
        idleAfterDays,
        keepAliveAfterDays,
        keepAliveWithinDays,
      ],
    );
    return claimed.filter(({ wanted }) => wanted).map(({ id }) => id);
  }

  private async refresh(credentialId: string): Promise<void> {
    const snapshot = await this.reader.read(credentialId);
    // A grant may have ended between the claim and now.
    if (snapshot?.verdict === 'active' && snapshot.oauthStatus === 'completed')
      await this.refresher.refresh(snapshot, 'schedule');
  }
}
