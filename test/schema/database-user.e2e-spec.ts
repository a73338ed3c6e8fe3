import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DatabaseUserUnfit, migrateDatabase } from '../../src/database/index.js';
import { queryOnce } from '../harness/database/query-once.js';
import { createTestDatabase, type TestDatabase } from '../setup/index.js';

let database: TestDatabase;
let user: string;
let url: string;
let version: number;
beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  user = `evergrant_user_${randomBytes(4).toString('hex')}`;
  await admin(`CREATE ROLE ${user} LOGIN CREATEROLE PASSWORD 'canary'`);
  await admin(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} OWNER TO ${user}`);
  url = Object.assign(new URL(database.url), { username: user, password: 'canary' }).href;
  const [found] = await queryOnce<{ version: number }>(
    database.adminUrl,
    "SELECT current_setting('server_version_num')::int AS version",
  );
  version = found!.version;
});
afterEach(async () => {
  await database.drop();
  await queryOnce(process.env.EVERGRANT_TEST_SERVER!, `DROP ROLE ${user}`);
});

function admin(sql: string) {
  return queryOnce(database.adminUrl, sql);
}

/** What PostgreSQL 16 and later give to the maker of a role: to administer it, and not to act as it. */
function asItsMaker(): Promise<unknown> {
  const options = version >= 160_000 ? 'WITH ADMIN TRUE, INHERIT FALSE, SET FALSE' : 'WITH ADMIN OPTION';
  return admin(`GRANT evergrant_tenant TO ${user} ${options}`);
}

/** The tenants that a request of the second one sees. */
async function tenantsSeen(): Promise<object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("INSERT INTO tenants (name) VALUES ('second')");
    await client.query(`SELECT set_config('role', 'evergrant_tenant', false),
      set_config('evergrant.tenant_id', (SELECT id::text FROM tenants WHERE name = 'second'), false)`);
    return (await client.query<{ name: string }>('SELECT name FROM tenants')).rows;
  } finally {
    await client.end();
  }
}

describe('a user with CREATEROLE who is no superuser', () => {
  it('migrates, grants itself to act for tenants, and they are walled off from each other', async () => {
    await asItsMaker();
    expect(await migrateDatabase(url)).toMatchObject({ isSuperuser: false });
    expect(await tenantsSeen()).toEqual([{ name: 'second' }]);
  });

  it('is refused with the words to run where it may not act for tenants, and accepted once they were', async () => {
    await asItsMaker();
    await migrateDatabase(url);
    await admin(`REVOKE evergrant_tenant FROM ${user} CASCADE`);
    // Before PostgreSQL 16 it may grant any role to itself.
    await admin(`ALTER ROLE ${user} NOCREATEROLE`);
    const refusal = await migrateDatabase(url).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DatabaseUserUnfit);
    const { message } = refusal as Error;
    expect(message).not.toContain(user);
    const [, words] = /(GRANT evergrant_tenant TO "user".*)$/.exec(message) ?? [];
    await admin(words!.replace('"user"', user));
    expect(await migrateDatabase(url)).toMatchObject({ isSuperuser: false });
  });

  it('gets its search path from every new session, without the options of a URL', async () => {
    await asItsMaker();
    await migrateDatabase(url);
    expect(await queryOnce(url, 'SHOW search_path')).toEqual([{ search_path: 'public, pg_temp' }]);
    // Other users of this database keep their own.
    expect(await admin('SHOW search_path')).toEqual([{ search_path: '"$user", public' }]);
  });

  it('is refused when its URL undoes that', async () => {
    const undone = new URL(url);
    undone.searchParams.set('options', '-c search_path=public');
    await expect(migrateDatabase(undone.href)).rejects.toBeInstanceOf(DatabaseUserUnfit);
  });
});

it('a superuser is known for one', async () => {
  expect(await migrateDatabase(database.adminUrl)).toMatchObject({ isSuperuser: true });
});
