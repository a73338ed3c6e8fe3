import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../database/index.js';
import { CredentialMetrics } from './credential-metrics.js';
import type { CredentialSnapshot } from './credential-reader.js';

/** A grant that Google called dead is asked for again after this long, in case Google was wrong. */
export const confirmationSpacingSeconds = 60;

// A correlated spike says more about the provider than about the people.
const spikeFloor = 5;
const spikeShare = 0.02;
const spikeWindowSeconds = 300;

/** What we believe of a grant: active, suspect once Google has called it dead, failed when it keeps saying so. */
@Injectable()
export class Verdicts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics: CredentialMetrics,
  ) {}

  /**
   * Google has called the grant dead. The first time it becomes suspect; when a spaced confirmation says the same
   * and no spike makes that doubtful, it is failed and its tokens are destroyed.
   */
  async confirmDead(before: CredentialSnapshot, reason: string): Promise<void> {
    if (before.verdict === 'active') this.metrics.reauthenticationAsked(reason);
    const repeated =
      before.verdict === 'suspect' && (before.verdictSecondsAgo ?? 0) >= confirmationSpacingSeconds;
    if (repeated && !(await this.isSpike(before.oauthClientId)))
      await this.updateOAuthStatus(before, 'failed');
    else await this.suspect(before);
  }

  /** Ends a grant by one guarded UPDATE: status, verdict and tokens together, with its history row. */
  async updateOAuthStatus(before: CredentialSnapshot, status: 'failed'): Promise<void> {
    await rows(
      this.dataSource,
      `WITH ended AS (
         UPDATE mcp_credentials SET
           oauth_status = $4, verdict = 'failed', verdict_at = evergrant_now(),
           access_token = NULL, refresh_token = NULL, token_expires_at = NULL, next_refresh_at = NULL,
           attempt_id = NULL, attempt_started_at = NULL, updated_at = evergrant_now()
         WHERE id = $1 AND generation = $2 AND refresh_version = $3
         RETURNING tenant_id, id, generation, refresh_version, error_code, error_reason
       )
       INSERT INTO credential_events
         (tenant_id, credential_id, event, outcome, error_code, reason, generation, refresh_version)
       SELECT tenant_id, id, 'verdict', $4, error_code, error_reason, generation, refresh_version FROM ended`,
      [before.id, before.generation, before.refreshVersion, status],
    );
  }

  private async suspect(before: CredentialSnapshot): Promise<void> {
    await rows(
      this.dataSource,
      `UPDATE mcp_credentials SET verdict = 'suspect', verdict_at = evergrant_now(), updated_at = evergrant_now()
       WHERE id = $1 AND generation = $2 AND refresh_version = $3`,
      [before.id, before.generation, before.refreshVersion],
    );
  }

  /** Whether so many of one OAuth client's grants turned suspect lately that the provider itself is in doubt. */
  private async isSpike(oauthClientId: string): Promise<boolean> {
    const [row] = await rows<{ suspects: number; held: number }>(
      this.dataSource,
      `SELECT count(*) FILTER (WHERE verdict = 'suspect'
                AND verdict_at > evergrant_now() - make_interval(secs => $2))::int AS suspects,
              count(*)::int AS held
       FROM mcp_credentials WHERE oauth_client_id = $1 AND oauth_status = 'completed'`,
      [oauthClientId, spikeWindowSeconds],
    );
    return row !== undefined && row.suspects > Math.max(spikeFloor, row.held * spikeShare);
  }
}
