import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URL } from 'node:url';
import pg from 'pg';
import { EmbeddedPostgres, migrateDatabase } from '../../dist/src/database/index.js';

const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/**
 * One PostgreSQL for the whole run, with a migrated template that every test file copies: the server that
 * DATABASE_URL names, or an embedded one in a temporary folder. Runs from the build, since Jest does not
 * transform what it imports here.
 */
export default async function globalSetup() {
  const server = process.env.DATABASE_URL ? givenServer(process.env.DATABASE_URL) : await embeddedServer();
  const template = `evergrant_template_${process.pid}`;
  await asAdmin(server.url, `CREATE DATABASE ${template}`);
  const url = new URL(server.url);
  url.pathname = `/${template}`;
  await migrateDatabase(url.href);

  process.env.EVERGRANT_TEST_SERVER = server.url;
  process.env.EVERGRANT_TEST_TEMPLATE = template;
  globalThis.stopTestServer = async () => {
    await asAdmin(server.url, `DROP DATABASE ${template} WITH (FORCE)`);
    await server.stop();
  };
}

function givenServer(url) {
  return { url, stop: async () => undefined };
}

async function embeddedServer() {
  const dataDir = mkdtempSync(join(tmpdir(), 'evergrant-tests-'));
  const embedded = await EmbeddedPostgres.start({ dataDir, settings, log: (line) => console.error(line) });
  return {
    url: embedded.url,
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
