import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asOwner, rows, TenantDatabase, type SqlExecutor } from '../../src/database/index.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
let database: TenantDatabase;
let tenants: { ours: string; theirs: string };
beforeAll(async () => {
  app = await TestApp.start();
  database = new TenantDatabase(app.dataSource);
  await app.dataSource.query("INSERT INTO tenants (name) VALUES ('theirs')");
  const found = await app.dataSource.query<{ id: string; name: string }[]>('SELECT id, name FROM tenants');
  const idOf = (name: string) => found.find((tenant) => tenant.name === name)!.id;
  tenants = { ours: idOf('default'), theirs: idOf('theirs') };
  await app.connectedInstance();
  for (const id of Object.values(tenants))
    await app.api('POST', `/api/tenants/${id}/api-keys`, { name: 'Key' });
  await app.api('POST', '/api/instances', { name: 'Theirs' }, { 'x-evergrant-tenant': 'theirs' });
  await app.dataSource.query(
    'INSERT INTO send_reservations (tenant_id, instance_id, recipients) SELECT tenant_id, id, 1 FROM mcp_instances',
  );
  await app.dataSource.query(
    `INSERT INTO outbound_acts (tenant_id, instance_id, kind, content_digest, state, verdict, recipients, expires_at)
     SELECT tenant_id, id, 'send', '', 'held', 'ask', 1, evergrant_now() FROM mcp_instances`,
  );
  await app.dataSource.query(
    `INSERT INTO read_fingerprints (tenant_id, instance_id, thread_id, text_hash, hashes)
     SELECT tenant_id, id, 'thread', 1, '{1}' FROM mcp_instances`,
  );
  await app.dataSource.query(
    `WITH made AS (
       INSERT INTO attachment_uploads (id, tenant_id, instance_id, about, size_bytes, expires_at)
       SELECT gen_random_uuid(), tenant_id, id, '', 1, evergrant_now() FROM mcp_instances RETURNING tenant_id, id
     )
     INSERT INTO attachment_upload_pieces (tenant_id, upload_id, first_byte, bytes)
     SELECT tenant_id, id, 0, '' FROM made`,
  );
  await app.dataSource.query(
    `WITH made AS (
       INSERT INTO people (tenant_id, provider, subject, email)
       SELECT id, 'google', id::text, 'a@example.com' FROM tenants RETURNING tenant_id, id
     ), mailboxes AS (
       INSERT INTO person_mailboxes (tenant_id, person_id, instance_id)
       SELECT made.tenant_id, made.id, i.id FROM made JOIN mcp_instances i ON i.tenant_id = made.tenant_id
     )
     INSERT INTO person_authorizations (id, tenant_id, person_id, client_id, scopes)
     SELECT id::text, tenant_id, id, 'client', '{}' FROM made`,
  );
  await app.dataSource.query(
    `WITH made AS (
       INSERT INTO webhooks (tenant_id, url, secret) SELECT id, '', '' FROM tenants RETURNING tenant_id, id
     ), told AS (
       INSERT INTO webhook_events (tenant_id, type, data) SELECT id, '', '{}' FROM tenants RETURNING tenant_id, id
     ), streams AS (
       INSERT INTO webhook_streams (tenant_id, instance_id) SELECT tenant_id, id FROM mcp_instances
       ON CONFLICT DO NOTHING
     )
     INSERT INTO webhook_deliveries (tenant_id, webhook_id, event_id, status)
     SELECT tenant_id, made.id, told.id, 'delivered' FROM made JOIN told USING (tenant_id)`,
  );
});
afterAll(() => app.stop());

/** Each with a column that a tenant may read. */
const tablesOfTenants = [
  'tenants',
  'mcp_instances',
  'mcp_credentials',
  'credential_events',
  'mcp_tokens',
  'oauth_flows',
  'api_keys',
  'send_reservations',
  'outbound_acts',
  'audit_events',
  'audit_heads',
  'attachment_uploads',
  'attachment_upload_pieces',
  'read_fingerprints',
  'people',
  'person_mailboxes',
  'person_authorizations',
  'webhooks',
  'webhook_streams',
  'webhook_events',
  'webhook_deliveries',
];

describe('what is asked on behalf of a tenant', () => {
  it.each(tablesOfTenants)(
    'sees its own rows of %s and no others, whatever the query says',
    async (table) => {
      const owner = table === 'tenants' ? 'id' : 'tenant_id';
      const owners = await database.rows<{ owner: string }>(
        tenants.ours,
        `SELECT DISTINCT ${owner} AS owner FROM ${table}`,
        [],
      );
      expect(owners).toEqual([{ owner: tenants.ours }]);
    },
  );

  it('changes, takes and makes nothing of another tenant’s', async () => {
    const changed = await database.rows(
      tenants.ours,
      "UPDATE mcp_instances SET name = 'x' RETURNING tenant_id",
      [],
    );
    expect(changed).toEqual([{ tenant_id: tenants.ours }]);
    expect(
      await database.rows(tenants.ours, 'DELETE FROM mcp_instances WHERE tenant_id = $1 RETURNING id', [
        tenants.theirs,
      ]),
    ).toEqual([]);
    const foreign = database.rows(
      tenants.ours,
      "INSERT INTO mcp_instances (tenant_id, name, scopes) VALUES ($1, 'x', '{}')",
      [tenants.theirs],
    );
    await expect(foreign).rejects.toMatchObject({ code: '42501' });
  });

  it.each(['access_token', 'refresh_token'])('cannot read a sealed %s, its own neither', async (column) => {
    const read = database.rows(tenants.ours, `SELECT ${column} FROM mcp_credentials`, []);
    await expect(read).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    'SELECT key_hash FROM api_keys',
    'UPDATE api_keys SET rights = rights',
    'SELECT tenant_id FROM console_sessions',
    'SELECT subject FROM rate_limit_windows',
    'SELECT subject FROM rate_limit_slices',
    'UPDATE send_reservations SET recipients = 0',
    'DELETE FROM outbound_acts',
    'SELECT token_hash FROM person_tokens',
    'SELECT tenant_id FROM person_sessions',
    "UPDATE people SET subject = 'another'",
    'UPDATE person_authorizations SET person_id = person_id',
    'SELECT condition FROM webhook_streams',
    'DELETE FROM webhook_deliveries',
  ])('may not %s', async (statement) => {
    await expect(database.rows(tenants.ours, statement, [])).rejects.toMatchObject({ code: '42501' });
  });

  it('leaves nothing behind for the next user of the connection', async () => {
    await database.rows(tenants.ours, 'SELECT 1', []);
    const owners = await app.dataSource.query<unknown[]>('SELECT DISTINCT tenant_id FROM mcp_instances');
    expect(owners).toHaveLength(2);
  });

  it('sees nothing at all when no tenant is named', async () => {
    const seen = await app.dataSource.transaction(async (manager) => {
      await manager.query("SELECT set_config('role', 'evergrant_tenant', true)");
      return manager.query<unknown[]>('SELECT id FROM mcp_instances');
    });
    expect(seen).toEqual([]);
  });

  it('is walled off in every table that has rows of tenants', async () => {
    const open = await app.dataSource.query<{ name: string }[]>(
      `SELECT DISTINCT t.table_name AS name FROM information_schema.columns t
       JOIN pg_class c ON c.oid = format('%I', t.table_name)::regclass
       JOIN information_schema.role_table_grants g ON g.table_name = t.table_name AND g.grantee = 'evergrant_tenant'
       WHERE t.column_name = 'tenant_id' AND t.table_schema = 'public' AND NOT c.relrowsecurity`,
    );
    expect(open).toEqual([]);
  });
});

describe('a section that runs as the owner', () => {
  const owners = async (executor: SqlExecutor) => {
    const found = await rows<{ owner: string }>(
      executor,
      'SELECT DISTINCT tenant_id AS owner FROM mcp_instances',
    );
    return found.map(({ owner }) => owner).sort();
  };
  const everyTenant = () => Object.values(tenants).sort();

  it('sees the rows of every tenant, and what follows it those of its own again', async () => {
    await database.transaction(tenants.ours, async (executor) => {
      expect(await asOwner(executor, owners)).toEqual(everyTenant());
      expect(await owners(executor)).toEqual([tenants.ours]);
    });
  });

  it('may write what no tenant may, and what follows it may not', async () => {
    const forbidden = 'UPDATE mcp_credentials SET updated_at = updated_at';
    const written = database.transaction(tenants.ours, async (executor) => {
      await asOwner(executor, (owner) => owner.query(forbidden));
      await executor.query(forbidden);
    });
    await expect(written).rejects.toMatchObject({ code: '42501' });
  });

  it('ends when its work throws', async () => {
    await database.transaction(tenants.ours, async (executor) => {
      const section = asOwner(executor, () => Promise.reject(new Error('broke off')));
      await expect(section).rejects.toThrow('broke off');
      expect(await owners(executor)).toEqual([tenants.ours]);
    });
  });

  it('fails with the error of the statement that broke the transaction', async () => {
    const failing = database.transaction(tenants.ours, (executor) =>
      asOwner(executor, (owner) => owner.query('SELECT 1 / 0')),
    );
    await expect(failing).rejects.toMatchObject({ code: '22012' });
  });

  it('inside another ends without ending that', async () => {
    await database.transaction(tenants.ours, (executor) =>
      asOwner(executor, async (owner) => {
        await asOwner(owner, owners);
        expect(await owners(owner)).toEqual(everyTenant());
      }),
    );
  });
});
