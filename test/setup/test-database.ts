import { randomBytes } from 'node:crypto';
import { migrateDatabase } from '../../src/database/index.js';
import { queryOnce } from '../harness/database/query-once.js';

export interface TestDatabase {
  /** As the application's user, who owns the database and is no superuser. */
  url: string;
  /** The same database as the server's superuser. */
  adminUrl: string;
  drop(): Promise<void>;
}

/** A database of the test file's own: a copy of the migrated template, or an empty one. */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const { EVERGRANT_TEST_SERVER: server, EVERGRANT_TEST_TEMPLATE: template } = process.env;
  if (server === undefined || template === undefined) throw new Error('Jest’s global set-up did not run');
  const name = `evergrant_test_${randomBytes(6).toString('hex')}`;
  const { username, pathname } = new URL(template);
  const source = migrated ? pathname.slice(1) : 'template0';
  await queryOnce(server, `CREATE DATABASE ${name} TEMPLATE ${source} OWNER ${username}`);
  const url = databaseAt(template, name);
  // A copy brings no settings of roles along.
  if (migrated) await migrateDatabase(url);
  return {
    url,
    adminUrl: databaseAt(server, name),
    drop: async () => {
      await queryOnce(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

function databaseAt(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
