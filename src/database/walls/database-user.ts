import type pg from 'pg';
import { tenantRole } from './tenant-walls.js';

/** The user of a database URL lacks a privilege; the message is a sentence with the words to run, and holds no value. */
export class DatabaseUserUnfit extends Error {
  override readonly name = 'DatabaseUserUnfit';
}

/**
 * Puts `pg_temp` last into the search path of this user's sessions in this database, this one included. PostgreSQL
 * else looks there first, so that a temporary table named `changes` would take what is meant for ours. A setting of
 * the role holds behind every pooler, which a session's own does not, and needs no privilege.
 */
export async function pinSearchPath(client: pg.Client): Promise<void> {
  const { pinned } = await one<{ pinned: boolean }>(client, `SELECT ${isPinned} AS pinned`);
  if (pinned) return;
  await client.query(
    `DO $$
     BEGIN
       EXECUTE format('ALTER ROLE CURRENT_USER IN DATABASE %I SET search_path = %I, pg_temp',
         current_database(), coalesce(current_schema(), 'public'));
     END $$`,
  );
  await client.query(
    `SELECT pg_catalog.set_config('search_path', quote_ident(coalesce(current_schema(), 'public')) || ', pg_temp', false)`,
  );
}

/** `options` in a URL outweigh the role's setting. @throws DatabaseUserUnfit */
export async function requirePinnedSearchPath(client: pg.Client): Promise<void> {
  const { pinned } = await one<{ pinned: boolean }>(client, `SELECT ${isPinned} AS pinned`);
  if (!pinned)
    throw new DatabaseUserUnfit(
      'its search_path must end with pg_temp, or be left to Evergrant: see its options',
    );
}

const isPinned = `pg_catalog.current_setting('search_path') ~ ',\\s*"?pg_temp"?\\s*$'`;

/**
 * Makes sure that there is a {@link tenantRole} and that the user may act as it. From PostgreSQL 16 on the maker of a role is its
 * administrator and still may not `SET ROLE` to it; it may grant itself that.
 * @throws DatabaseUserUnfit
 */
export async function allowTenantRole(client: pg.Client): Promise<void> {
  const { version } = await one<{ version: number }>(
    client,
    "SELECT current_setting('server_version_num')::int AS version",
  );
  const grant = version >= 160_000 ? 'WITH SET TRUE' : '';
  if (await mayActAsTenant(client)) return;
  // Roles belong to the server: no dump of a database brings them along. Another start may make it at this moment.
  await client.query(`CREATE ROLE ${tenantRole} NOLOGIN`).catch(() => undefined);
  await client.query(`GRANT ${tenantRole} TO CURRENT_USER ${grant}`).catch(() => undefined);
  if (await mayActAsTenant(client)) return;
  const { exists } = await one<{ exists: boolean }>(
    client,
    `SELECT to_regrole('${tenantRole}') IS NOT NULL AS exists`,
  );
  throw new DatabaseUserUnfit(
    `its user may not act as the role ${tenantRole}; an administrator has to run, for that user: ` +
      `${exists ? '' : `CREATE ROLE ${tenantRole} NOLOGIN; `}GRANT ${tenantRole} TO "user" ${grant}`.trimEnd(),
  );
}

/**
 * Makes sure that the tables are the user's. Those of a backup that was restored as another user are not.
 * @throws DatabaseUserUnfit
 */
export async function requireOwnership(client: pg.Client): Promise<void> {
  const { foreign } = await one<{ foreign: number }>(
    client,
    `SELECT count(*)::int AS foreign FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relname IN ('migrations', 'tenants', 'changes')
       AND relkind = 'r' AND NOT pg_has_role(relowner, 'USAGE')`,
  );
  if (foreign === 0) return;
  throw new DatabaseUserUnfit(
    'its user does not own the tables: restore the backup as that user (pg_restore --no-owner), or an administrator ' +
      'has to run, in this database: REASSIGN OWNED BY "owner of the tables" TO "user"',
  );
}

async function mayActAsTenant(client: pg.Client): Promise<boolean> {
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL ROLE ${tenantRole}`);
    return true;
  } catch (error) {
    const { code } = error as pg.DatabaseError;
    // Not allowed, or no such role.
    if (code === '42501' || code === '22023') return false;
    throw error;
  } finally {
    await client.query('ROLLBACK');
  }
}

export async function isSuperuser(client: pg.Client): Promise<boolean> {
  return (
    await one<{ is: boolean }>(
      client,
      'SELECT rolsuper AS is FROM pg_catalog.pg_roles WHERE rolname = current_user',
    )
  ).is;
}

async function one<Row extends object>(client: pg.Client, sql: string): Promise<Row> {
  const [row] = (await client.query<Row>(sql)).rows;
  if (!row) throw new Error('PostgreSQL answered nothing');
  return row;
}
