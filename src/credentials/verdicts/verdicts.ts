import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { sessionControlReasons } from '../../oauth/index.js';
import { CredentialMetrics } from '../metrics/credential-metrics.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import { heldSuspect, underHold } from '../store/credential-predicates.js';
import { VerdictHolds } from './verdict-holds.js';

/** A grant that Google called dead is asked for again after this long, in case Google was wrong. */
export const confirmationSpacingSeconds = 60;

/** What we believe of a grant: active, suspect once Google has called it dead, failed when it keeps saying so. */
@Injectable()
export class Verdicts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly holds: VerdictHolds,
    private readonly metrics: CredentialMetrics,
  ) {}

  /**
   * Google has called the grant dead. The first time it becomes suspect; when a spaced confirmation says the same
   * and no hold makes that doubtful, it is failed and its tokens are destroyed. Session control is no reason for
   * doubt: an administrator wants everybody to sign in anew, and Google says so.
   * @returns whether the verdict is held, so that nobody is to be asked to sign in
   */
  async confirmDead(before: CredentialSnapshot, reason: string): Promise<boolean> {
    const doubtful = !sessionControlReasons.has(reason);
    if (doubtful && before.held) {
      await this.suspect(before, reason, doubtful);
      await this.holds.noteRefused(before);
      return true;
    }
    const repeated =
      before.verdict === 'suspect' && (before.verdictSecondsAgo ?? 0) >= confirmationSpacingSeconds;
    if (repeated && !(doubtful && (await this.becomesHeld(before)))) {
      await this.updateOAuthStatus(before, 'failed');
      return false;
    }
    let held = await this.suspect(before, reason, doubtful);
    if (doubtful && !held) held = await this.becomesHeld(before);
    if (before.verdict === 'active' && !held) this.metrics.reauthenticationAsked(reason);
    return held;
  }

  /** Google has refreshed the grant, whatever it said before, of this one or of others. */
  async confirmAlive(before: CredentialSnapshot): Promise<void> {
    if (before.clientOnHold) await this.holds.noteRefreshed(before);
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

  /** The next refresh of a suspect is its probe. */
  private async suspect(before: CredentialSnapshot, reason: string, doubtful: boolean): Promise<boolean> {
    const [suspect] = await rows<{ held: boolean }>(
      this.dataSource,
      `WITH suspected AS (
         UPDATE mcp_credentials AS c SET verdict = 'suspect', verdict_at = evergrant_now(),
           suspected_at = CASE WHEN $4::boolean THEN coalesce(suspected_at, evergrant_now()) END,
           next_refresh_at = evergrant_now() + make_interval(secs => $5), updated_at = evergrant_now()
         WHERE id = $1 AND generation = $2 AND refresh_version = $3
         RETURNING tenant_id, id, generation, refresh_version, error_code, $4::boolean AND ${underHold} AS held
       ), history AS (
         INSERT INTO credential_events
           (tenant_id, credential_id, event, outcome, error_code, reason, generation, refresh_version)
         SELECT tenant_id, id, 'verdict', CASE WHEN held THEN 'held' ELSE 'suspect' END,
                error_code, $6::text, generation, refresh_version
         FROM suspected WHERE $7::boolean
       )
       SELECT held FROM suspected`,
      [
        before.id,
        before.generation,
        before.refreshVersion,
        doubtful,
        confirmationSpacingSeconds,
        reason,
        before.verdict === 'active',
      ],
    );
    return suspect?.held ?? false;
  }

  /** Whether it is one of so many that their verdicts are held from now on. */
  private async becomesHeld({ id, oauthClientId }: CredentialSnapshot): Promise<boolean> {
    await this.holds.consider(oauthClientId);
    const [credential] = await rows<{ held: boolean }>(
      this.dataSource,
      `SELECT ${heldSuspect} AS held FROM mcp_credentials c WHERE id = $1`,
      [id],
    );
    return credential?.held ?? false;
  }
}
