import { Injectable } from '@nestjs/common';
import { rows, type SqlExecutor } from '../../database/index.js';
import { underHold } from '../store/credential-predicates.js';
import { addHistory } from '../store/history-row.js';
import { confirmationSpacingSeconds } from '../verdicts/next-verdict.js';
import { VerdictHolds } from '../verdicts/verdict-holds.js';
import { Verdicts } from '../verdicts/verdicts.js';
import {
  consequencesOf,
  type NamedGrant,
  type ProviderReport,
  type ReportConsequence,
} from './provider-report.js';
import { TokenIdentifiers } from './token-identifiers.js';

/** What a report has done to a grant. */
export interface ReportedGrant {
  credentialId: string;
  tenantId: string;
  oauthClientId: string;
  does: ReportConsequence;
  reason: string;
}

type FoundGrant = NamedGrant & Pick<ReportedGrant, 'credentialId' | 'tenantId' | 'oauthClientId'>;

/**
 * Takes what the provider tells of grants by itself. By that alone no grant ends: it makes them suspect at once, like a
 * first refusal at the token endpoint, whose own answer a minute later decides, and a spike of such reports is held.
 */
@Injectable()
export class ProviderReports {
  constructor(
    private readonly identifiers: TokenIdentifiers,
    private readonly holds: VerdictHolds,
    private readonly verdicts: Verdicts,
  ) {}

  /**
   * To be called before the transaction of {@link mark}.
   * @throws EvergrantError `SERVICE_UNAVAILABLE` when not all refresh tokens could be identified yet
   */
  async prepare(reports: readonly ProviderReport[]): Promise<void> {
    if (reports.some(({ about }) => 'token' in about)) await this.identifiers.complete();
  }

  /** Marks, in the caller's transaction, the grants that a report is about and that are not newer than it. */
  async mark(executor: SqlExecutor, report: ProviderReport): Promise<ReportedGrant[]> {
    const found = consequencesOf(report, await this.named(executor, report));
    const idsOf = (wanted: ReportConsequence) =>
      found.filter(({ does }) => does === wanted).map(({ grant }) => grant.credentialId);
    await this.suspect(executor, idsOf('suspect'), report.reason);
    await this.ask(executor, idsOf('ask'));
    return found.map(({ grant: { credentialId, tenantId, oauthClientId }, does }) => ({
      ...{ credentialId, tenantId, oauthClientId },
      ...{ does, reason: report.reason },
    }));
  }

  /** Once the marks are committed: so many at once may be a spike, whose verdicts are held. */
  async settle(grants: readonly ReportedGrant[]): Promise<void> {
    const suspects = grants.filter(({ does }) => does === 'suspect');
    for (const id of new Set(suspects.map(({ oauthClientId }) => oauthClientId)))
      await this.holds.consider(id);
    for (const { reason } of suspects) this.verdicts.reauthentications.next(reason);
  }

  /** Locked in one order, so that two reports do not wait for each other. */
  private async named(executor: SqlExecutor, report: ProviderReport): Promise<FoundGrant[]> {
    const [condition, value] =
      'subject' in report.about
        ? ['c.subject', report.about.subject]
        : [
            {
              prefix: 'c.identified_version = c.refresh_version AND c.refresh_token_prefix',
              hash: 'c.identified_version = c.refresh_version AND c.refresh_token_hash',
            }[report.about.token.by],
            await this.identifiers.fingerprint(report.about.token),
          ];
    return rows(
      executor,
      `SELECT c.id AS "credentialId", c.tenant_id AS "tenantId", c.oauth_client_id AS "oauthClientId", c.verdict,
         c.refresh_token_hash AS "tokenHash",
         coalesce(c.last_refreshed_at > to_timestamp($4), false) AS "refreshedSince"
       FROM mcp_credentials c JOIN oauth_clients o ON o.id = c.oauth_client_id
       WHERE c.provider = $1 AND o.client_id = ANY($2) AND ${condition} = $3 AND c.refresh_token IS NOT NULL
         AND c.oauth_status = 'completed' AND c.verdict <> 'failed' AND c.oauth_completed_at < to_timestamp($4)
       ORDER BY c.id FOR UPDATE OF c`,
      [report.provider, report.clientIds, value, report.issuedAtSeconds],
    );
  }

  private async suspect(executor: SqlExecutor, ids: readonly string[], reason: string): Promise<void> {
    if (ids.length === 0) return;
    await rows(
      executor,
      `WITH suspected AS (
         UPDATE mcp_credentials AS c SET verdict = 'suspect', verdict_at = evergrant_now(),
           suspected_at = evergrant_now(), error_code = 'INVALID_REFRESH_TOKEN', error_reason = $2,
           next_refresh_at = evergrant_now() + make_interval(secs => $3), updated_at = evergrant_now()
         WHERE c.id = ANY($1::uuid[])
         RETURNING tenant_id, id, generation, refresh_version, error_code, ${underHold} AS held
       )
       ${addHistory('suspected', {
         event: `'report'`,
         outcome: `CASE WHEN held THEN 'held' ELSE 'suspect' END`,
         error_code: 'error_code',
         reason: '$2::text',
       })}`,
      [ids, reason, confirmationSpacingSeconds],
    );
  }

  /** They are due now; those that are not in use are asked for when they are. */
  private async ask(executor: SqlExecutor, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await rows(
      executor,
      'UPDATE mcp_credentials SET next_refresh_at = evergrant_now() WHERE id = ANY($1::uuid[])',
      [ids],
    );
  }
}
