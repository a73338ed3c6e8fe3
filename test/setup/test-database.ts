import { randomBytes } from 'node:crypto';
import { queryOnce } from '../harness/database/query-once.js';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A database of the test file's own: a copy of the migrated template, or an empty one. */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const { EVERGRANT_TEST_SERVER: server, EVERGRANT_TEST_TEMPLATE: template } = process.env;
  if (server === undefined || template === undefined) throw new Error('Jest’s global set-up did not run');
  const name = `evergrant_test_${randomBytes(6).toString('hex')}`;
  await queryOnce(server, `CREATE DATABASE ${name} TEMPLATE ${migrated ? template : 'template0'}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await queryOnce(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
