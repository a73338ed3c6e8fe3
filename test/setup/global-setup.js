import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URL } from 'node:url';
import pg from 'pg';
import { EmbeddedPostgres, migrateDatabase } from '../../dist/src/database/index.js';

const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/**
 * One PostgreSQL for the whole run, with a migrated template that every test file copies: the server that
 * DATABASE_URL names, or an embedded one in a temporary folder. Its superuser makes and drops databases; they belong to
 * the user that docs/operations.md asks for, as whom the application works. Runs from the build, since Jest does not transform what it
 * imports here.
 */
export default async function globalSetup() {
  const server = process.env.DATABASE_URL
    ? await givenServer(process.env.DATABASE_URL)
    : await embeddedServer();
  const template = `evergrant_template_${process.pid}`;
  await asAdmin(server.adminUrl, `CREATE DATABASE ${template} OWNER ${server.owner.username}`);
  const url = new URL(server.adminUrl);
  Object.assign(url, { pathname: `/${template}`, ...server.owner });
  await migrateDatabase(url.href);

  process.env.EVERGRANT_TEST_SERVER = server.adminUrl;
  process.env.EVERGRANT_TEST_TEMPLATE = url.href;
  globalThis.stopTestServer = async () => {
    await asAdmin(server.adminUrl, `DROP DATABASE ${template} WITH (FORCE)`);
    await server.stop();
  };
}

/** A user with CREATEROLE who is no superuser, and makes the role of tenants itself. */
async function plainUser(adminUrl) {
  const owner = { username: `evergrant_tests_${process.pid}`, password: randomBytes(16).toString('hex') };
  await asAdmin(adminUrl, `CREATE ROLE ${owner.username} LOGIN CREATEROLE PASSWORD '${owner.password}'`);
  // On a server where an earlier run has made the role, its creator has to grant it.
  await asAdmin(
    adminUrl,
    `DO $$ BEGIN
       IF to_regrole('evergrant_tenant') IS NOT NULL THEN GRANT evergrant_tenant TO ${owner.username}; END IF;
     END $$`,
  );
  return owner;
}

async function givenServer(adminUrl) {
  const owner = await plainUser(adminUrl);
  return { adminUrl, owner, stop: () => asAdmin(adminUrl, `DROP ROLE ${owner.username}`) };
}

async function embeddedServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'evergrant-tests-'));
  const embedded = await EmbeddedPostgres.start({ dataDir, settings, log: (line) => console.error(line) });
  // A server of one's own has no such role until the application makes it.
  await asAdmin(embedded.superuserUrl, 'DROP ROLE evergrant_tenant');
  return {
    adminUrl: embedded.superuserUrl,
    owner: await plainUser(embedded.superuserUrl),
    stop: async () => {
      await embedded.leave();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function asAdmin(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
