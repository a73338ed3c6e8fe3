import pg from 'pg';
import { DataSource } from 'typeorm';
import { databaseOptions } from './database-options.js';
import {
  allowTenantRole,
  isSuperuser,
  pinSearchPath,
  requireOwnership,
  requirePinnedSearchPath,
} from './walls/database-user.js';
import { rebuildWalls } from './walls/rebuild-walls.js';

/** Any number, but the same in every release: "evergr" in ASCII. */
const migrationLock = '111546413967218';

/**
 * Brings the schema up to date, and the user of `url` into a state in which the walls hold. Several processes may start
 * at once: a session advisory lock lets one migrate while the others wait, so `url` must reach PostgreSQL without a
 * transaction-mode pooler.
 * @returns whether the user is a superuser, for whom PostgreSQL's walls do not hold, and whether walls between tenants
 * were missing and have been rebuilt
 * @throws DatabaseUserUnfit when the user lacks a privilege that it cannot give itself
 */
export async function migrateDatabase(url: string): Promise<{ isSuperuser: boolean; hadNoWalls: boolean }> {
  return withClient(url, async (gate) => {
    await gate.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await pinSearchPath(gate);
    await withClient(url, requirePinnedSearchPath);
    await allowTenantRole(gate);
    await requireOwnership(gate);
    const dataSource = await new DataSource(databaseOptions(url)).initialize();
    try {
      await dataSource.runMigrations({ transaction: 'all' });
    } finally {
      await dataSource.destroy();
    }
    const hadNoWalls = await rebuildWalls(gate);
    return { isSuperuser: await isSuperuser(gate), hadNoWalls };
  });
}

async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: 'evergrant migrations' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
