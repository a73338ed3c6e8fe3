import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { rows } from '../../src/database/index.js';
import { until } from '../../sandbox/index.js';
import { bearer, Callers } from '../harness/callers.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
let callers: Callers;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
});
afterAll(() => app.stop());

describe('names in SQL', () => {
  it('are pinned in every function of ours: by its search path, or bound when it was made', async () => {
    const functions = await rows<{ name: string; pinned: boolean }>(
      app.dataSource,
      `SELECT proname AS name,
         prosqlbody IS NOT NULL OR coalesce('search_path=public, pg_temp' = ANY (proconfig), false) AS pinned
       FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
    );
    expect(functions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['evergrant_now', 'evergrant_caller_changed', 'evergrant_person_changed']),
    );
    expect(functions.filter(({ pinned }) => !pinned)).toEqual([]);
  });

  it('are looked for among temporary tables last, on every connection', async () => {
    expect(await rows(app.dataSource, 'SHOW search_path')).toEqual([{ search_path: 'public, pg_temp' }]);
  });

  it('lead a revocation to every process though temporary tables of those names lie on all connections', async () => {
    const replica = await TestApp.start({}, { beside: app });
    try {
      await layTraps(app);
      await layTraps(replica);
      const { id } = await callers.tenant();
      const { id: keyId, apiKey } = await callers.key(id);
      const asked = (at: TestApp) => new Callers(at).asKey(apiKey, 'GET', '/api/session');
      for (const each of [app, replica]) expect((await asked(each)).status).toBe(200);
      expect((await app.api('DELETE', `/api/tenants/${id}/api-keys/${keyId}`)).status).toBe(204);
      await until('the other process refuses the key', async () => (await asked(replica)).status === 401, {
        limitMs: 2_000,
      });
      expect((await asked(app)).status).toBe(401);
      expect(
        await rows(app.dataSource, 'SELECT kind FROM public.changes WHERE caller_id = $1', [keyId]),
      ).toEqual([{ kind: 'deleted' }]);
    } finally {
      await replica.stop();
    }
  });
});

const trappedTables = ['changes', 'api_keys', 'mcp_tokens', 'tenants'];

/** On each connection that the process may ever use. */
async function layTraps(at: TestApp): Promise<void> {
  const connections: QueryRunner[] = [];
  for (let n = 0; n < 20; n += 1) {
    const connection = at.dataSource.createQueryRunner();
    await connection.connect();
    connections.push(connection);
  }
  for (const connection of connections) {
    for (const table of trappedTables)
      await connection.query(`CREATE TEMPORARY TABLE ${table} (LIKE public.${table} INCLUDING DEFAULTS)`);
    await connection.query(
      `GRANT ALL ON ${trappedTables.map((table) => `pg_temp.${table}`).join()} TO PUBLIC`,
    );
  }
  for (const connection of connections) await connection.release();
}

describe('a row of one tenant', () => {
  interface Rows {
    tenant: string;
    instance: string;
    client: string;
    key: string;
    credential: string;
    person: string;
  }
  let ours: Rows;
  let theirs: Rows;

  beforeAll(async () => {
    const made = async (): Promise<Rows> => {
      const { id: tenant } = await callers.tenant();
      const { id: key, apiKey } = await callers.key(tenant);
      const own = { name: 'Box', clientId: 'own', clientSecret: 'own-secret' };
      const { body } = await callers.call('POST', '/api/instances', bearer(apiKey), own);
      const one = async (sql: string) => (await rows<{ id: string }>(app.dataSource, sql, [tenant]))[0]!.id;
      const client = await one('SELECT id FROM oauth_clients WHERE tenant_id = $1');
      const credential = await one(
        `INSERT INTO mcp_credentials (tenant_id, oauth_client_id, provider)
         SELECT tenant_id, id, provider FROM oauth_clients WHERE tenant_id = $1 RETURNING id`,
      );
      const person = await one(
        `INSERT INTO people (tenant_id, provider, subject, email)
         SELECT id, 'google', id::text, 'a@example.com' FROM tenants WHERE id = $1 RETURNING id`,
      );
      await one(
        `INSERT INTO person_authorizations (id, tenant_id, person_id, client_id, scopes)
         SELECT tenant_id::text, tenant_id, id, 'client', '{}' FROM people WHERE tenant_id = $1 RETURNING id`,
      );
      return { tenant, instance: String(body.id), client, key, credential, person };
    };
    ours = await made();
    theirs = await made();
  });

  it.each<[string, string, (theirs: Rows) => string]>([
    [
      'an instance',
      'INSERT INTO mcp_tokens (tenant_id, instance_id, token_hash, prefix) VALUES ($1, $2, gen_random_uuid()::text, $3)',
      ({ instance }) => instance,
    ],
    [
      'an instance',
      "INSERT INTO oauth_flows (tenant_id, instance_id, ticket_hash, expires_at, return_to) VALUES ($1, $2, gen_random_uuid()::text, now() + interval '1 minute', $3)",
      ({ instance }) => instance,
    ],
    [
      'a key',
      "INSERT INTO console_sessions (tenant_id, api_key_id, session_hash, expires_at) VALUES ($1, $2, gen_random_uuid()::text || $3, now() + interval '1 minute')",
      ({ key }) => key,
    ],
    [
      'a credential',
      'INSERT INTO revocations (tenant_id, credential_id, refresh_token, generation) VALUES ($1, $2, $3, 0)',
      ({ credential }) => credential,
    ],
    [
      'a credential',
      "INSERT INTO credential_events (tenant_id, credential_id, event, outcome, generation, refresh_version) VALUES ($1, $2, 'refresh', $3, 0, 0)",
      ({ credential }) => credential,
    ],
    [
      'an OAuth client',
      "INSERT INTO mcp_instances (tenant_id, oauth_client_id, name, scopes) VALUES ($1, $2, $3, '{}')",
      ({ client }) => client,
    ],
    [
      'an OAuth client',
      'INSERT INTO mcp_credentials (tenant_id, oauth_client_id, provider) VALUES ($1, $2, $3)',
      ({ client }) => client,
    ],
    [
      'an OAuth client',
      'WITH instance AS (SELECT id FROM mcp_instances WHERE tenant_id = $1 LIMIT 1) INSERT INTO oauth_flows (tenant_id, instance_id, oauth_client_id, ticket_hash, expires_at) SELECT $1, id, $2, gen_random_uuid()::text || $3, now() FROM instance',
      ({ client }) => client,
    ],
    [
      'an OAuth client',
      'UPDATE mcp_instances SET oauth_client_id = $2, external_id = $3 WHERE tenant_id = $1',
      ({ client }) => client,
    ],
    [
      'an OAuth client',
      'UPDATE mcp_credentials SET oauth_client_id = $2, email = $3 WHERE tenant_id = $1',
      ({ client }) => client,
    ],
    [
      'a person',
      'INSERT INTO person_mailboxes (tenant_id, person_id, instance_id) SELECT $1, $2, id FROM mcp_instances WHERE tenant_id = $1 AND $3 = $3::text',
      ({ person }) => person,
    ],
    [
      'an instance',
      'INSERT INTO person_mailboxes (tenant_id, person_id, instance_id) SELECT $1, id, $2 FROM people WHERE tenant_id = $1 AND $3 = $3::text',
      ({ instance }) => instance,
    ],
    [
      'a person',
      "INSERT INTO person_authorizations (id, tenant_id, person_id, client_id, scopes) VALUES ($3 || 'b', $1, $2, 'client', '{}')",
      ({ person }) => person,
    ],
    [
      'a person',
      'INSERT INTO person_sessions (tenant_id, person_id, session_hash, expires_at) VALUES ($1, $2, $3, now())',
      ({ person }) => person,
    ],
    [
      'a person',
      "INSERT INTO person_sign_ins (tenant_id, person_id, oauth_client_id, provider, scopes, return_path, state_hash, browser_hash, consent_forced, expires_at) SELECT $1, $2, id, 'google', '{}', '/', $3, '', false, now() FROM oauth_clients WHERE tenant_id = $1",
      ({ person }) => person,
    ],
    [
      'an OAuth client',
      "INSERT INTO person_sign_ins (tenant_id, person_id, oauth_client_id, provider, scopes, return_path, state_hash, browser_hash, consent_forced, expires_at) SELECT $1, id, $2, 'google', '{}', '/', $3, '', false, now() FROM people WHERE tenant_id = $1",
      ({ client }) => client,
    ],
    [
      'an authorization',
      "INSERT INTO person_tokens (tenant_id, authorization_id, token_hash, scopes, resource, expires_at) VALUES ($1, $2, $3, '{}', '', now())",
      ({ tenant }) => tenant,
    ],
  ])('points to %s of its own, and to no other’s: %s', async (_what, sql, target) => {
    const write = (to: Rows) =>
      app.dataSource.transaction(async (manager) => {
        await manager.query(sql, [ours.tenant, target(to), 'x']);
        await manager.query('SET CONSTRAINTS ALL IMMEDIATE');
        throw new Error('taken back');
      });
    await expect(write(ours)).rejects.toThrow('taken back');
    await expect(write(theirs)).rejects.toMatchObject({ code: '23503' });
  });

  it('may use the deployment’s OAuth client, and a client never moves to another tenant', async () => {
    const sql =
      "INSERT INTO oauth_clients (provider, client_id) VALUES ('google', 'deployment') RETURNING id";
    const [deployment] = await rows<{ id: string }>(app.dataSource, sql);
    const used = 'INSERT INTO mcp_credentials (tenant_id, oauth_client_id, provider) VALUES ($1, $2, $3)';
    await rows(app.dataSource, used, [ours.tenant, deployment!.id, 'google']);
    const moved = rows(app.dataSource, 'UPDATE oauth_clients SET tenant_id = $1 WHERE id = $2', [
      theirs.tenant,
      ours.client,
    ]);
    await expect(moved).rejects.toMatchObject({ code: '23503' });
  });
});
