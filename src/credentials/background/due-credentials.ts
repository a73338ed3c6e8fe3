import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { gateIsOpen, isDue, isIdle, keepAliveAfterDays } from '../store/credential-predicates.js';

/** Drawn for each, so that they do not come due together. */
const keepAliveWithinDays = 5;

const putOffAtOnce = 1_000;

/** A credential whose scheduled refresh is due. */
export interface DueCredential {
  id: string;
  oauthClientId: string;
}

/** What is to be refreshed by the schedule, in the order in which it is missed most. */
@Injectable()
export class DueCredentials {
  constructor(private readonly dataSource: DataSource) {}

  /** Puts off what is idle and was refreshed not long ago, until its grant needs a sign of life. */
  async putOffIdle(): Promise<void> {
    await rows(
      this.dataSource,
      `UPDATE mcp_credentials AS c
       SET next_refresh_at = coalesce(c.last_refreshed_at, c.created_at) + make_interval(secs => 86400 * ($2 + $3 * random()))
       FROM (
         SELECT id FROM mcp_credentials c WHERE ${isDue} AND ${isIdle}
         ORDER BY next_refresh_at LIMIT $1 FOR UPDATE SKIP LOCKED
       ) AS idle
       WHERE c.id = idle.id`,
      [putOffAtOnce, keepAliveAfterDays, keepAliveWithinDays],
    );
  }

  /**
   * Due credentials, `limit` at most: those without a living token first, of them the most recently used; then those
   * whose token expires soonest. Nothing is claimed by it. Clients whose provider has set a `Retry-After` are left out, and
   * the given ones.
   */
  next(limit: number, exceptClientIds: readonly string[]): Promise<DueCredential[]> {
    return rows(
      this.dataSource,
      `SELECT c.id, c.oauth_client_id AS "oauthClientId" FROM mcp_credentials c
       WHERE ${isDue} AND c.oauth_client_id <> ALL($2) AND NOT ${isIdle} AND ${gateIsOpen}
       ORDER BY greatest(c.token_expires_at, evergrant_now()), c.last_used_at DESC NULLS LAST LIMIT $1`,
      [limit, exceptClientIds],
    );
  }
}
