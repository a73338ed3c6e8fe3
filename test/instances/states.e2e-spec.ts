import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillTenant } from '../../bench/many-instances.js';
import { rows, TenantDatabase } from '../../src/database/index.js';
import { errorTable } from '../../src/errors/index.js';
import { instanceStates, type InstanceState } from '../../src/instances/directory/instance-state.js';
import { refresh } from '../harness/access-tokens.js';
import { Callers } from '../harness/callers.js';
import { countedStatements } from '../harness/database/counted-statements.js';
import { newMailbox } from '../harness/mailboxes.js';
import { invalidGrant, oauthError, type Fault } from '../harness/oauth/token-faults.js';
import { sandboxClientId, TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0' })));
afterAll(() => app.stop());

interface Filter {
  state?: InstanceState;
  q?: string;
  requiresReauth?: 'true' | 'false';
  limit?: number;
  cursor?: string;
}

async function list(query: Filter, headers: Record<string, string> = {}) {
  const { data, response } = await app.client.GET('/api/instances', { params: { query }, headers });
  expect(response.status).toBe(200);
  return data!;
}

async function all(query: Filter, headers: Record<string, string> = {}) {
  const items: Awaited<ReturnType<typeof list>>['items'] = [];
  for (let cursor: string | undefined; ;) {
    const page = await list({ limit: 200, ...query, ...(cursor === undefined ? {} : { cursor }) }, headers);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
}

async function instance(id: string) {
  const { data } = await app.client.GET('/api/instances/{id}', { params: { path: { id } } });
  return data!;
}

async function refreshedWith(id: string, fault: Fault): Promise<void> {
  await app.google.addFault({ target: 'token', fault });
  await refresh(app, id);
  await app.google.clearFaults();
}

describe('the state of a mailbox', () => {
  it('is not_connected until a consent, and connected after it', async () => {
    const { id } = await app.createInstance();
    const before = { state: 'not_connected', stateReason: null, servesUntil: null, sharedBy: 0 };
    expect(await instance(id)).toMatchObject(before);
    await app.connect(id);
    const after = { state: 'connected', stateReason: null, servesUntil: null, sharedBy: 1 };
    expect(await instance(id)).toMatchObject(after);
  });

  it('is refreshing while a refresh is under way', async () => {
    const { id } = await newMailbox(app);
    await app.google.addFault({ target: 'token', fault: { kind: 'hold' } });
    const refreshed = refresh(app, id);
    await app.google.heldRequests({ atLeast: 1 });
    expect(await instance(id)).toMatchObject({ state: 'refreshing', requiresReauth: false });
    expect((await list({ state: 'refreshing' })).items.map((each) => each.id)).toContain(id);
    await app.google.clearFaults();
    await app.google.release();
    await refreshed;
    expect(await instance(id)).toMatchObject({ state: 'connected' });
  });

  it('is degraded in an outage, and says until when the token serves; never that a person has to sign in', async () => {
    const { id } = await newMailbox(app);
    await refreshedWith(id, { kind: 'error', status: 503, body: {} });
    const living = await instance(id);
    expect(living).toMatchObject({
      ...{ state: 'degraded', stateReason: 'SERVICE_UNAVAILABLE', requiresReauth: false },
      servesUntil: living.tokenExpiresAt,
    });
    await app.advance(4_000);
    expect(await instance(id)).toMatchObject({ state: 'degraded', servesUntil: null, requiresReauth: false });
    await refresh(app, id);
    expect(await instance(id)).toMatchObject({ state: 'connected', stateReason: null });
  });

  it.each([
    ['needs_sign_in', 'revoked', true, invalidGrant()],
    ['needs_sign_in', 'session_control', true, invalidGrant('invalid_rapt')],
    ['needs_sign_in', 'scope_missing', true, oauthError(400, 'invalid_scope')],
    ['blocked', 'ADMIN_BLOCKED', false, oauthError(400, 'admin_policy_enforced')],
    ['blocked', 'DEPLOYMENT_CLIENT_REJECTED', false, oauthError(401, 'invalid_client')],
    ['blocked', 'INVALID_REQUEST', false, oauthError(400, 'invalid_request')],
    ['degraded', 'SERVICE_UNAVAILABLE', false, oauthError(429, 'rate_limit_exceeded')],
    ['degraded', 'NETWORK_ERROR', false, { kind: 'reset' }],
  ] as const)('is %s (%s) by what Google answers', async (state, stateReason, requiresReauth, fault) => {
    const { id } = await newMailbox(app);
    await refreshedWith(id, fault);
    expect(await instance(id)).toMatchObject({ state, stateReason, requiresReauth });
  });

  it('says of a grant that Google had set an end to that it came', async () => {
    await app.google.configure({ refreshTokenLifetimeSeconds: 604_800 });
    const { id } = await newMailbox(app);
    await app.google.configure({ refreshTokenLifetimeSeconds: null });
    await app.advance(604_801);
    await refresh(app, id);
    expect(await instance(id)).toMatchObject({ state: 'needs_sign_in', stateReason: 'grant_expired' });
  });

  it('tells how many share a grant, itself included', async () => {
    const { id, account } = await newMailbox(app);
    const { id: other } = await app.connectedInstance({ account });
    expect([(await instance(id)).sharedBy, (await instance(other)).sharedBy]).toEqual([2, 2]);
    await app.api('DELETE', `/api/instances/${other}`);
    expect((await instance(id)).sharedBy).toBe(1);
  });
});

describe('the filter by state', () => {
  const tenant = { 'x-evergrant-tenant': 'every-case' };

  /** One instance for each way in which what decides can be combined. */
  beforeAll(async () => {
    await app.dataSource.query("INSERT INTO tenants (name) VALUES ('every-case')");
    const codes = [...Object.keys(errorTable), 'a_code_of_later', null];
    await app.dataSource.query(
      `WITH tenant AS (SELECT id FROM tenants WHERE name = 'every-case'),
       client AS (
         INSERT INTO oauth_clients (provider, client_id)
         VALUES ('google', 'held'), ('google', 'absent'), ('google', $2)
         ON CONFLICT (tenant_id, provider, client_id) DO UPDATE SET updated_at = evergrant_now()
         RETURNING id, client_id
       ), hold AS (INSERT INTO verdict_holds (oauth_client_id) SELECT id FROM client WHERE client_id = 'held'),
       credentials AS (
         INSERT INTO mcp_credentials (tenant_id, oauth_client_id, provider, subject, scopes, oauth_status, verdict,
           suspected_at, error_code, lease_expires_at)
         SELECT tenant.id, client.id, 'google', row_number() OVER ()::text, '{openid}', status, verdict,
           CASE WHEN suspected THEN evergrant_now() END, code,
           CASE lease WHEN 'taken' THEN evergrant_now() + interval '1 hour'
                      WHEN 'lapsed' THEN evergrant_now() - interval '1 hour' END
         FROM tenant, client, unnest($1::text[]) code, unnest('{pending,completed,failed}'::text[]) status,
           unnest('{active,suspect,failed}'::text[]) verdict, unnest('{true,false}'::boolean[]) suspected,
           unnest('{taken,lapsed,none}'::text[]) lease
         RETURNING id, subject
       )
       INSERT INTO mcp_instances (tenant_id, credential_id, name, scopes)
       SELECT tenant.id, credentials.id, 'Case ' || subject, '{openid}'::text[] FROM tenant, credentials
       UNION ALL SELECT id, NULL, 'Case without a credential', '{openid}'::text[] FROM tenant`,
      [codes, sandboxClientId],
    );
    await app.dataSource.query('ANALYZE mcp_instances, mcp_credentials');
  });

  it('finds each instance once, in the state that it tells of itself', async () => {
    const everything = await all({}, tenant);
    expect(everything.length).toBeGreaterThan(1_000);
    const found: string[] = [];
    for (const state of instanceStates) {
      const items = await all({ state }, tenant);
      expect(items.length).toBeGreaterThan(0);
      expect(new Set(items.map((each) => each.state))).toEqual(new Set([state]));
      found.push(...items.map(({ id }) => id));
    }
    expect(found.sort()).toEqual(everything.map(({ id }) => id).sort());
  });

  it('agrees with requiresReauth: a sign-in is needed exactly where it was connected before', async () => {
    for (const each of await all({}, tenant)) {
      const asks = each.state === 'needs_sign_in' || each.state === 'not_connected';
      expect([each.name, asks]).toEqual([each.name, each.requiresReauth]);
      expect(each.state === 'not_connected').toBe(each.reauthReason === 'not_connected');
    }
    expect(await all({ state: 'needs_sign_in', requiresReauth: 'false' }, tenant)).toEqual([]);
  });

  it('goes together with pages and the other filters', async () => {
    const [one] = (await list({ state: 'held', limit: 1 }, tenant)).items;
    expect((await list({ state: 'held', q: one!.name }, tenant)).items.map(({ id }) => id)).toContain(
      one!.id,
    );
    const inSmallPages = await all({ state: 'degraded', limit: 7 }, tenant);
    expect(inSmallPages.map(({ id }) => id)).toEqual(
      (await all({ state: 'degraded' }, tenant)).map(({ id }) => id),
    );
  });

  it('finds nothing of another tenant', async () => {
    const callers = new Callers(app);
    const { apiKey } = await callers.tenant();
    for (const state of instanceStates)
      expect((await callers.asKey(apiKey, 'GET', `/api/instances?state=${state}`)).body).toMatchObject({
        items: [],
      });
  });

  it.each(['state=', 'state=well', 'state=connected&state=held'])('refuses %s', async (query) => {
    expect(await app.api('GET', `/api/instances?${query}`)).toMatchObject({
      status: 400,
      body: { errorCode: 'VALIDATION_FAILED', field: 'state' },
    });
  });
});

describe('the filter by state, of ten thousand', () => {
  let tenantId: string;
  beforeAll(async () => {
    const [made] = await app.dataSource.query<{ id: string }[]>(
      "INSERT INTO tenants (name) VALUES ('many') RETURNING id",
    );
    tenantId = made!.id;
    await fillTenant(app.dataSource, 'many', 10_000);
    await app.dataSource.query(
      'UPDATE mcp_credentials SET oauth_client_id = (SELECT id FROM oauth_clients WHERE client_id = $1) WHERE tenant_id = $2',
      [sandboxClientId, tenantId],
    );
    await app.dataSource.query(
      "UPDATE mcp_credentials SET error_code = 'NETWORK_ERROR' WHERE tenant_id = $1 AND subject LIKE 's%77'",
      [tenantId],
    );
    await app.dataSource.query('VACUUM ANALYZE mcp_instances, mcp_credentials');
  });

  async function statementFor(state: InstanceState): Promise<string> {
    const { statements } = await countedStatements(app.dataSource, /mcp_instances/, () =>
      list({ state }, { 'x-evergrant-tenant': 'many' }),
    );
    return statements.find((each) => each.includes('ORDER BY i.created_at')) ?? '';
  }

  /** `byIndexes`: few rows are read faster without one; what matters is that a large tenant's can be. */
  async function plan(
    state: InstanceState,
    { byIndexes = false } = {},
  ): Promise<{ text: string; rowsRead: number }> {
    const statement = await statementFor(state);
    const root = await app.part(TenantDatabase).transaction(tenantId, async (executor) => {
      if (byIndexes) await executor.query('SET LOCAL enable_seqscan = off');
      const [row] = await rows<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        executor,
        `EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`,
        [tenantId, null, null, null, null, 51, []],
      );
      return row!['QUERY PLAN'][0].Plan;
    });
    return { text: JSON.stringify(root), rowsRead: rowsRead(root) };
  }

  it.each(['degraded', 'blocked', 'needs_sign_in', 'held', 'not_connected'] as const)(
    'can find those that are %s among those in trouble, by indexes',
    async (state) => {
      const { text } = await plan(state, { byIndexes: true });
      expect(text).toContain('mcp_credentials_in_trouble');
      expect(text).toContain('mcp_instances_unconnected');
    },
  );

  it.each(instanceStates)('reads each row a few times at most to find those that are %s', async (state) => {
    expect((await plan(state)).rowsRead).toBeLessThan(60_000);
  });
});

interface PlanNode {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  Plans?: PlanNode[];
}

/** How many rows the scans of a plan came upon. */
function rowsRead(node: PlanNode): number {
  const own = node['Node Type'].includes('Scan')
    ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
    : 0;
  return (node.Plans ?? []).reduce((sum, child) => sum + rowsRead(child), own);
}
