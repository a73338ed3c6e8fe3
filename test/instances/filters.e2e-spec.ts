import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillTenant } from '../../bench/many-instances.js';
import { Callers } from '../harness/callers.js';
import { countedStatements } from '../harness/database/counted-statements.js';
import { TestApp } from '../harness/test-app.js';

interface Filter {
  externalId?: string;
  email?: string;
  requiresReauth?: 'true' | 'false';
  q?: string;
  limit?: number;
  cursor?: string;
}

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0' });
  await fillTenant(app.dataSource, 'default', 5_000);
  const set = (assignments: string, subject: string) =>
    app.dataSource.query(`UPDATE mcp_credentials SET ${assignments} WHERE subject = $1`, [subject]);
  await set("error_code = 'INVALID_CLIENT'", 's1');
  await set("error_code = 'INSUFFICIENT_SCOPE'", 's2');
  await set("error_code = 'NETWORK_ERROR'", 's3');
  await set("error_code = 'a_code_of_later'", 's4');
  await set("verdict = 'suspect'", 's5');
  await set("email = 'Mixed.Case@Example.com'", 's6');
  // Suspect, and a hold of its client says that it is in doubt.
  await app.dataSource.query(
    `WITH held AS (INSERT INTO oauth_clients (provider, client_id) VALUES ('google', 'held') RETURNING id),
     hold AS (INSERT INTO verdict_holds (oauth_client_id) SELECT id FROM held)
     UPDATE mcp_credentials SET oauth_client_id = held.id, verdict = 'suspect', suspected_at = evergrant_now()
     FROM held WHERE subject = 's7'`,
  );
  await app.createInstance({ name: 'Ours', externalId: 'crm-17' });
  await app.createInstance({ name: 'Other', externalId: 'crm-170' });
  await app.dataSource.query('ANALYZE mcp_instances, mcp_credentials');
});
afterAll(() => app.stop());

async function list(query: Filter) {
  const { data, response } = await app.client.GET('/api/instances', { params: { query } });
  expect(response.status).toBe(200);
  return data!;
}

async function all(query: Filter) {
  const items: Awaited<ReturnType<typeof list>>['items'] = [];
  for (let cursor: string | undefined; ;) {
    const page = await list({ ...query, limit: 200, ...(cursor === undefined ? {} : { cursor }) });
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}

describe('GET /api/instances', () => {
  it('finds one by its whole external id', async () => {
    expect((await list({ externalId: 'crm-17' })).items.map(({ name }) => name)).toEqual(['Ours']);
    expect((await list({ externalId: 'crm-1' })).items).toEqual([]);
  });

  it.each([
    ['user14@example.com', ['Mailbox 14']],
    ['USER14@Example.com', ['Mailbox 14']],
    ['Mixed.Case@Example.com', ['Mailbox 6']],
    ['user14@example', []],
  ])('finds those of the account %s', async (email, names) => {
    expect((await list({ email })).items.map(({ name }) => name)).toEqual(names);
  });

  it('finds those for which a person has to sign in, and the others: each once, and as they say themselves', async () => {
    const [waiting, serving] = [
      await all({ requiresReauth: 'true' }),
      await all({ requiresReauth: 'false' }),
    ];
    const everything = await all({});
    expect(waiting.every(({ requiresReauth }) => requiresReauth)).toBe(true);
    expect(serving.every(({ requiresReauth }) => !requiresReauth)).toBe(true);
    expect([...waiting, ...serving].map(({ id }) => id).sort()).toEqual(
      everything.map(({ id }) => id).sort(),
    );
    const waitingNames = waiting.map(({ name }) => name);
    for (const name of ['Mailbox 1', 'Mailbox 2', 'Mailbox 5', 'Mailbox 8', 'Mailbox 10', 'Ours'])
      expect(waitingNames).toContain(name);
    for (const name of ['Mailbox 3', 'Mailbox 4', 'Mailbox 7', 'Mailbox 11'])
      expect(waitingNames).not.toContain(name);
  });

  it('takes filters together', async () => {
    const filter = { email: 'user10@example.com', requiresReauth: 'true' } as const;
    expect((await list({ ...filter, q: 'mailbox' })).items.map(({ name }) => name)).toEqual(['Mailbox 10']);
    expect((await list({ ...filter, requiresReauth: 'false' })).items).toEqual([]);
    expect((await list({ ...filter, externalId: 'crm-17' })).items).toEqual([]);
  });

  it.each([
    ['Mailbox 1', 'client_rejected', 'completed'],
    ['Mailbox 2', 'scope_missing', 'completed'],
    ['Mailbox 3', null, 'completed'],
    ['Mailbox 5', 'refusal_unconfirmed', 'completed'],
    ['Mailbox 7', null, 'completed'],
    ['Mailbox 8', 'not_connected', 'pending'],
    ['Mailbox 10', 'grant_ended', 'failed'],
    ['Mailbox 11', null, 'completed'],
  ])(
    'says of %s why a person has to sign in: %s, while its consent is %s',
    async (name, reauthReason, oauthStatus) => {
      const { items } = await list({ q: name });
      const found = items.find((instance) => instance.name === name);
      expect(found).toMatchObject({ reauthReason, oauthStatus, requiresReauth: reauthReason !== null });
    },
  );

  it('finds nothing of another tenant', async () => {
    const callers = new Callers(app);
    const { apiKey } = await callers.tenant();
    for (const query of [
      'externalId=crm-17',
      'email=user14%40example.com',
      'requiresReauth=true',
      'requiresReauth=false',
    ])
      expect((await callers.asKey(apiKey, 'GET', `/api/instances?${query}`)).body).toMatchObject({
        items: [],
      });
  });

  it.each(['requiresReauth=yes', 'requiresReauth=', 'email=', 'externalId=', 'externalid=x'])(
    'refuses %s',
    async (query) => {
      expect(await app.api('GET', `/api/instances?${query}`)).toMatchObject({
        status: 400,
        body: { errorCode: 'VALIDATION_FAILED' },
      });
    },
  );

  it.each([
    [{ externalId: 'crm-17' }, ['mcp_instances_external_id_unique']],
    [{ email: 'user14@example.com' }, ['mcp_credentials_email', 'mcp_instances_credential']],
    [{ requiresReauth: 'true' }, ['mcp_credentials_in_trouble', 'mcp_instances_unconnected']],
  ] as const)('reads by an index for %j, behind row-level security', async (filter, indexes) => {
    const { statements } = await countedStatements(app.dataSource, /mcp_instances/, () => list(filter));
    const statement = statements.find((each) => each.includes('ORDER BY i.created_at')) ?? '';
    const [tenant] = await app.dataSource.query<{ id: string }[]>(
      "SELECT id FROM tenants WHERE name = 'default'",
    );
    const values = Object.values({ ...filter, requiresReauth: undefined }).filter(
      (value) => value !== undefined,
    );
    const plan = await app.dataSource.transaction(async (manager) => {
      await manager.query(
        "SELECT set_config('role', 'evergrant_tenant', true), set_config('evergrant.tenant_id', $1, true)",
        [tenant!.id],
      );
      // Few rows are read faster without one; what matters is that a large tenant's can be.
      await manager.query('SET LOCAL enable_seqscan = off');
      return manager.query<unknown[]>(`EXPLAIN (FORMAT JSON) ${statement}`, [
        ...[tenant!.id, null, null, null, null, 51],
        ...values,
      ]);
    });
    for (const index of indexes) expect(JSON.stringify(plan)).toContain(index);
  });
});
