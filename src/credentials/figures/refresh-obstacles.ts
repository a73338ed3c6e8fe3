import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { RefreshSpill } from '../commits/refresh-spill.js';
import { holdCovers, isDoubtfulSuspect } from '../store/credential-predicates.js';

/** An OAuth client that its provider wants left alone for a while. */
export interface ClosedGate {
  clientId: string;
  closedUntil: Date;
}

/** A spike of dead grants whose verdicts are held. */
export interface StandingHold {
  clientId: string;
  since: Date;
  /** How many grants are held by it. */
  suspects: number;
}

/** What stands in the way of refreshes at present, and is not the fault of any one grant. */
export interface RefreshObstacles {
  gates: ClosedGate[];
  holds: StandingHold[];
  /** Tokens on the disk of this process that the database has not taken yet. */
  spilledRefreshes: number;
}

/** Tells a tenant of what concerns its own grants, and the operator of all. */
@Injectable()
export class RefreshObstaclesReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly spill: RefreshSpill,
  ) {}

  async read(tenantId: string | null): Promise<RefreshObstacles> {
    const [gates, holds] = await Promise.all([this.gates(tenantId), this.holds(tenantId)]);
    return { gates, holds, spilledRefreshes: this.spill.count(tenantId) };
  }

  private gates(tenantId: string | null): Promise<ClosedGate[]> {
    return rows(
      this.dataSource,
      `SELECT o.client_id AS "clientId", g.closed_until AS "closedUntil"
       FROM refresh_gates g JOIN oauth_clients o ON o.id = g.oauth_client_id
       WHERE g.closed_until > evergrant_now() AND ($1::uuid IS NULL OR EXISTS (
         SELECT FROM mcp_credentials c WHERE c.oauth_client_id = o.id AND c.tenant_id = $1))
       ORDER BY g.closed_until DESC LIMIT ${listedAtMost}`,
      [tenantId],
    );
  }

  private holds(tenantId: string | null): Promise<StandingHold[]> {
    return rows(
      this.dataSource,
      `SELECT * FROM (
         SELECT o.client_id AS "clientId", h.started_at AS since, (
           SELECT count(*)::int FROM mcp_credentials c
           WHERE ${isDoubtfulSuspect} AND ${holdCovers} AND ($1::uuid IS NULL OR c.tenant_id = $1)) AS suspects
         FROM verdict_holds h JOIN oauth_clients o ON o.id = h.oauth_client_id
         WHERE $1::uuid IS NULL OR h.tenant_id IS NULL OR h.tenant_id = $1) AS standing
       WHERE suspects > 0 ORDER BY suspects DESC LIMIT ${listedAtMost}`,
      [tenantId],
    );
  }
}

const listedAtMost = 20;
