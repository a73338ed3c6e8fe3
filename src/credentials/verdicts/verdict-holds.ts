import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { holdCovers, isDoubtfulSuspect } from '../store/credential-predicates.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import { findSpike, spikeShare, spikeWindowSeconds, type SuspectCount } from './spike.js';

/** A hold ends after so many confirmations, so far apart, all of which were refused. */
const refusalsThatEnd = 3;
const refusalSpacingSeconds = 60;

/**
 * Doubts the provider when it calls many grants dead at once. A hold begins with the spike. It ends when no suspect is
 * left under it; or when the provider has refreshed others of the client meanwhile, and goes on refusing the suspects,
 * and the spike is over: then each is judged by its own next confirmation.
 */
@Injectable()
export class VerdictHolds {
  private readonly logger = new Logger(VerdictHolds.name);

  constructor(private readonly dataSource: DataSource) {}

  /** Begins a hold if the suspects of the client, or those of some of its tenants, have become a spike. */
  async consider(oauthClientId: string): Promise<void> {
    const spike = await this.spike(oauthClientId);
    const tenantIds = spike.scope === 'client' ? [null] : spike.tenantIds;
    for (const tenantId of tenantIds) await this.begin(oauthClientId, tenantId);
  }

  /**
   * A grant of a client on hold was refreshed. When it was a suspect, the refusals before it prove nothing. Never
   * rejects: the token is good without it.
   */
  async noteRefreshed({ oauthClientId, verdict }: CredentialSnapshot): Promise<void> {
    await rows(
      this.dataSource,
      `UPDATE verdict_holds SET healthy_at = coalesce(healthy_at, evergrant_now()),
         refusals = CASE WHEN $2 THEN 0 ELSE refusals END, refused_at = CASE WHEN $2 THEN NULL ELSE refused_at END
       WHERE oauth_client_id = $1 AND (healthy_at IS NULL OR ($2 AND refusals > 0))`,
      [oauthClientId, verdict === 'suspect'],
    ).catch((cause: unknown) =>
      this.logger.warn({
        msg: 'A hold over verdicts could not be told of a refresh',
        oauthClientId,
        cause: String(cause),
      }),
    );
  }

  /** A suspect under hold was refused again. */
  async noteRefused({ oauthClientId, tenantId }: CredentialSnapshot): Promise<void> {
    await rows(
      this.dataSource,
      `UPDATE verdict_holds SET refusals = refusals + 1, refused_at = evergrant_now()
       WHERE oauth_client_id = $1 AND (tenant_id IS NULL OR tenant_id = $2) AND healthy_at IS NOT NULL
         AND (refused_at IS NULL OR refused_at <= evergrant_now() - make_interval(secs => $3))`,
      [oauthClientId, tenantId, refusalSpacingSeconds],
    );
    await this.review();
  }

  /** Ends the holds that have nothing left to hold, or no reason. */
  async review(): Promise<void> {
    const ending = await rows<{ id: string; oauthClientId: string; tenantId: string | null; empty: boolean }>(
      this.dataSource,
      `SELECT id, oauth_client_id AS "oauthClientId", tenant_id AS "tenantId", empty FROM (
         SELECT h.*, NOT EXISTS (
           SELECT FROM mcp_credentials c WHERE ${isDoubtfulSuspect} AND ${holdCovers}) AS empty
         FROM verdict_holds h) AS hold
       WHERE empty OR refusals >= $1`,
      [refusalsThatEnd],
    );
    for (const { id, oauthClientId, tenantId, empty } of ending) {
      if (empty || !(await this.isSpikeFor(oauthClientId, tenantId))) await this.end(id);
    }
  }

  private async isSpikeFor(oauthClientId: string, tenantId: string | null): Promise<boolean> {
    const spike = await this.spike(oauthClientId);
    return spike.scope === 'client' || (tenantId !== null && spike.tenantIds.includes(tenantId));
  }

  /** Counts no further than it takes to tell a share: a client may have millions of grants. */
  private async spike(oauthClientId: string) {
    const counts = await rows<SuspectCount & { tenantId: string | null }>(
      this.dataSource,
      `WITH suspects AS (
         SELECT tenant_id, count(*)::int AS suspects FROM mcp_credentials
         WHERE oauth_client_id = $1 AND suspected_at > evergrant_now() - make_interval(secs => $2)
         GROUP BY tenant_id
       )
       SELECT NULL AS "tenantId", total.suspects, (
         SELECT count(*)::int FROM (
           SELECT FROM mcp_credentials WHERE oauth_client_id = $1 AND oauth_status = 'completed'
           LIMIT ceil(total.suspects / $3::float8)::bigint) AS counted) AS grants
       FROM (SELECT coalesce(sum(suspects), 0)::int AS suspects FROM suspects) AS total
       UNION ALL
       SELECT tenant_id, suspects, (
         SELECT count(*)::int FROM (
           SELECT FROM mcp_credentials
           WHERE tenant_id = s.tenant_id AND oauth_client_id = $1 AND oauth_status = 'completed'
           LIMIT ceil(suspects / $3::float8)::bigint) AS counted)
       FROM suspects s`,
      [oauthClientId, spikeWindowSeconds, spikeShare],
    );
    const client = counts.find(({ tenantId }) => tenantId === null) ?? { suspects: 0, grants: 0 };
    const tenants = counts.flatMap(({ tenantId, ...count }) =>
      tenantId === null ? [] : { ...count, tenantId },
    );
    return findSpike(client, tenants);
  }

  private async begin(oauthClientId: string, tenantId: string | null): Promise<void> {
    const begun = await rows(
      this.dataSource,
      `WITH begun AS (
         INSERT INTO verdict_holds (oauth_client_id, tenant_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
         RETURNING oauth_client_id, tenant_id
       ) ${changedBy('begun')}`,
      [oauthClientId, tenantId],
    );
    if (begun.length > 0)
      this.logger.error({
        msg: 'Many grants were called dead at once: their verdicts are held',
        oauthClientId,
        tenantId,
      });
  }

  private async end(id: string): Promise<void> {
    const [ended] = await rows<{ oauthClientId: string; tenantId: string | null }>(
      this.dataSource,
      `WITH ended AS (DELETE FROM verdict_holds WHERE id = $1 RETURNING oauth_client_id, tenant_id)
       ${changedBy('ended')}`,
      [id],
    );
    if (ended) this.logger.warn({ msg: 'A hold over verdicts has ended', ...ended });
  }
}

/** Puts the suspects under the hold into the feed of changes, since what callers are told of them has changed; returns the hold. */
function changedBy(holds: 'begun' | 'ended'): string {
  return `, told AS (
    INSERT INTO changes (tenant_id, credential_id, kind)
    SELECT c.tenant_id, c.id, 'updated' FROM ${holds} h JOIN mcp_credentials c
      ON c.oauth_client_id = h.oauth_client_id AND (h.tenant_id IS NULL OR c.tenant_id = h.tenant_id)
    WHERE c.verdict = 'suspect' AND c.suspected_at IS NOT NULL
  )
  SELECT oauth_client_id AS "oauthClientId", tenant_id AS "tenantId" FROM ${holds}`;
}
