import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { migrations } from '../../migrations/index.js';
import { connectMailbox } from '../../sandbox/index.js';
import { databaseOptions } from '../../src/database/database-options.js';
import { migrateDatabase } from '../../src/database/index.js';
import { TestApp } from '../harness/test-app.js';
import { createTestDatabase } from '../setup/index.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());

describe('the schema', () => {
  it('is what the entities say: migrations and entities have not drifted apart', async () => {
    const { upQueries } = await app.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('leaves an up-to-date database as it is', async () => {
    const before: unknown = await app.dataSource.query('SELECT * FROM migrations');
    await migrateDatabase(app.environment.DATABASE_URL!);
    expect(await app.dataSource.query('SELECT * FROM migrations')).toEqual(before);
  });

  it('is migrated once though several processes start at once', async () => {
    const empty = await createTestDatabase({ migrated: false });
    try {
      await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(empty.url)));
      expect(await migrateDatabase(empty.url)).toMatchObject({ isSuperuser: false });
    } finally {
      await empty.drop();
    }
  });

  it('can be taken back', async () => {
    const revertible = await createTestDatabase();
    try {
      const dataSource = await new DataSource(databaseOptions(revertible.url)).initialize();
      for (let left = migrations.length; left > 0; left -= 1) await dataSource.undoLastMigration();
      const left: unknown = await dataSource.query(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations'",
      );
      await dataSource.destroy();
      expect(left).toEqual([]);
    } finally {
      await revertible.drop();
    }
  });
});

describe('a tenant', () => {
  it('takes all that is its own with it when it is deleted, its keys first of all', async () => {
    const made = await app.api<{ id: string; apiKey: string }>('POST', '/api/tenants', { name: 'leaving' });
    const tenant = { 'x-evergrant-tenant': 'leaving' };
    await app.api('POST', '/api/session', { apiKey: made.body.apiKey });
    const { body } = await app.api<{ id: string }>('POST', '/api/instances', { name: 'Box' }, tenant);
    const link = await app.api<{ authorizationUrl: string }>(
      'POST',
      `/api/instances/${body.id}/start-oauth`,
      {},
      tenant,
    );
    await connectMailbox(link.body.authorizationUrl, { account: 'sam@sandbox.test' });
    await app.dataSource.query(
      'INSERT INTO send_reservations (tenant_id, instance_id, recipients) VALUES ($1, $2, 1)',
      [made.body.id, body.id],
    );
    await app.dataSource.query(
      `INSERT INTO outbound_acts (tenant_id, instance_id, kind, content_digest, state, verdict, recipients, expires_at)
       VALUES ($1, $2, 'send', '', 'held', 'ask', 1, evergrant_now())`,
      [made.body.id, body.id],
    );
    await app.dataSource.query(
      `INSERT INTO read_fingerprints (tenant_id, instance_id, thread_id, text_hash, hashes)
       VALUES ($1, $2, 'thread', 1, '{1}')`,
      [made.body.id, body.id],
    );
    await app.dataSource.query(
      `INSERT INTO attachment_uploads (id, tenant_id, instance_id, about, size_bytes, expires_at)
       VALUES (gen_random_uuid(), $1, $2, '', 1, evergrant_now())`,
      [made.body.id, body.id],
    );
    await app.dataSource.query(
      `INSERT INTO attachment_upload_pieces (tenant_id, upload_id, first_byte, bytes)
       SELECT tenant_id, id, 0, '' FROM attachment_uploads`,
    );
    await app.dataSource.query(
      `WITH person AS (
         INSERT INTO people (tenant_id, provider, subject, email) VALUES ($1, 'google', '1', 'a@example.com')
         RETURNING tenant_id, id
       ), mailbox AS (
         INSERT INTO person_mailboxes (tenant_id, person_id, instance_id) SELECT tenant_id, id, $2 FROM person
       ), session AS (
         INSERT INTO person_sessions (tenant_id, person_id, session_hash, expires_at)
         SELECT tenant_id, id, '', evergrant_now() FROM person
       )
       INSERT INTO person_authorizations (id, tenant_id, person_id, client_id, scopes)
       SELECT 'leaving', tenant_id, id, 'client', '{}' FROM person`,
      [made.body.id, body.id],
    );
    await app.dataSource.query(
      `INSERT INTO person_tokens (tenant_id, authorization_id, token_hash, scopes, resource, expires_at)
       VALUES ($1, 'leaving', '', '{}', '', evergrant_now())`,
      [made.body.id],
    );
    await app.dataSource.query(
      `INSERT INTO person_sign_ins (tenant_id, person_id, oauth_client_id, provider, scopes, return_path, state_hash,
         browser_hash, consent_forced, expires_at)
       SELECT p.tenant_id, p.id, c.id, 'google', '{}', '/', '', '', false, evergrant_now()
       FROM people p, oauth_clients c WHERE p.tenant_id = $1 AND c.tenant_id IS NULL`,
      [made.body.id],
    );
    expect((await app.api('DELETE', `/api/tenants/${made.body.id}`)).status).toBe(204);
    for (const table of [
      'mcp_instances',
      'mcp_credentials',
      'credential_events',
      'data_keys',
      'mcp_tokens',
      'oauth_flows',
      'api_keys',
      'console_sessions',
      'send_reservations',
      'outbound_acts',
      'attachment_uploads',
      'attachment_upload_pieces',
      'read_fingerprints',
      'people',
      'person_mailboxes',
      'person_authorizations',
      'person_tokens',
      'person_sessions',
      'person_sign_ins',
    ]) {
      const [row] = await app.dataSource.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM ${table} WHERE tenant_id IS NOT NULL`,
      );
      expect([table, row!.count]).toEqual([table, 0]);
    }
  });
});
