import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { until } from '../../sandbox/index.js';
import { bearer, Callers, type Key, type Shown, type Tenant } from '../harness/callers.js';
import { TestApp } from '../harness/test-app.js';

interface Opened {
  id: string;
  token: string;
  expiresAt: string;
}

const unknownId = '00000000-0000-4000-8000-000000000000';
const returnTo = 'https://app.example.com/settings';

let app: TestApp;
let callers: Callers;
let tenant: Shown<Tenant>;
let instance: string;
let other: string;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
  tenant = await callers.tenant();
  instance = (await callers.newInstance(tenant.apiKey)).id;
  other = (await callers.newInstance(tenant.apiKey)).id;
});
afterAll(() => app.stop());

async function open(key: string, input?: object, headers: Record<string, string> = {}): Promise<Opened> {
  const answer = await app.api<Opened>('POST', '/api/connect-sessions', input, {
    ...bearer(key),
    ...headers,
  });
  expect(answer.status).toBe(201);
  return answer.body;
}

const refusal = {
  error: 'Authentication is missing or wrong',
  instanceId: null,
  errorCode: 'UNAUTHENTICATED',
  requiresReauth: false,
};

/** What a session is answered about an instance. */
function ask(token: string, id = instance, headers: Record<string, string> = {}) {
  return callers.call('GET', `/api/instances/${id}`, { ...bearer(token), ...headers });
}

describe('a connect session', () => {
  it('is a token of a quarter of an hour, shown once and stored as a hash', async () => {
    const opened = await open(tenant.apiKey, { instanceIds: [instance] });
    expect(opened).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      token: expect.stringMatching(/^egcs_[\w-]{43}$/),
      expiresAt: expect.any(String),
    });
    const lifeMs = Date.parse(opened.expiresAt) - Date.parse(await callers.fromNow(0));
    expect(Math.abs(lifeMs - 900_000)).toBeLessThan(10_000);
    const [row] = await app.dataSource.query<object[]>('SELECT * FROM connect_sessions WHERE id = $1', [
      opened.id,
    ]);
    expect(JSON.stringify(row)).not.toContain(opened.token);
  });

  it('shows of its instance what the page of an end user may see, and nothing else', async () => {
    const { token } = await open(tenant.apiKey, { instanceIds: [instance] });
    const { status, headers, body } = await ask(token, instance.toUpperCase());
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toEqual({
      ...{ id: instance, name: 'Box', email: null, oauthStatus: 'pending' },
      ...{ requiresReauth: true, reauthReason: 'not_connected', stateReason: null },
      ...{ errorCode: 'OAUTH_FLOW_REQUIRED', errorMessage: null },
    });
    const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
      components: { schemas: Record<string, { properties: object }> };
    };
    expect(Object.keys(body)).toEqual(Object.keys(document.components.schemas.ConnectInstance!.properties));
  });

  it('begins the consent of its instance, which leads back to an allowed origin and to no other', async () => {
    const { token } = await open(tenant.apiKey, { instanceIds: [other, instance] });
    const path = `/api/instances/${instance}/start-oauth`;
    const begun = await callers.asKey(token, 'POST', path, { returnTo });
    expect(begun.status).toBe(200);
    expect(begun.body.authorizationUrl).toMatch(`${app.url}/connect/`);
    const astray = await callers.asKey(token, 'POST', path, { returnTo: 'https://evil.example/' });
    expect([astray.status, astray.body.field]).toEqual([400, 'returnTo']);
  });

  it('may be used by a page of a listed origin, and of no other', async () => {
    const { token } = await open(tenant.apiKey, { instanceIds: [instance] });
    const allowed = async (origin: string) =>
      (await ask(token, instance, { origin })).headers.get('access-control-allow-origin');
    expect(await allowed('https://app.example.com')).toBe('https://app.example.com');
    expect(await allowed('https://evil.example')).toBeNull();
  });

  it('is answered as a wrong key everywhere else, for every route there is', async () => {
    const { token } = await open(tenant.apiKey, { instanceIds: [instance] });
    const ofAll = await open(tenant.apiKey);
    const its = [`GET /api/instances/:id`, `POST /api/instances/:id/start-oauth`];
    const open_ = ['GET /api/openapi.json', 'POST /api/session', 'DELETE /api/session'];
    const links = ['GET /api/attachments/:link', 'PUT /api/uploads/:link'];
    const routes = app.routes.filter(
      (route) => route.includes(' /api/') && ![...its, ...open_, ...links].includes(route),
    );
    expect(routes.length).toBeGreaterThan(20);
    for (const route of routes) {
      const [method, path] = route.split(' ') as [string, string];
      for (const presented of [token, ofAll.token]) {
        const url = path.replace(/:\w+/g, instance);
        const { status, body } = await callers.asKey(presented, method, url);
        expect({ route, status, body }).toEqual({ route, status: 401, body: refusal });
      }
    }
    const login = await callers.call('POST', '/api/session', {}, { apiKey: token });
    expect(login.status).toBe(401);
    const mcp = await callers.asKey(token, 'POST', `/mcp/${instance}`, {
      jsonrpc: '2.0',
      id: 1,
      method: 'ping',
    });
    expect(mcp.status).toBe(401);
  });

  it('is answered as a wrong key about instances that it does not name, there or not', async () => {
    const { token } = await open(tenant.apiKey, { instanceIds: [instance] });
    const foreign = await callers.newInstance((await callers.tenant()).apiKey);
    for (const id of [other, foreign.id, unknownId, 'nonsense']) {
      for (const [method, below] of [
        ['GET', ''],
        ['POST', '/start-oauth'],
      ] as const) {
        const { status, headers, body } = await callers.asKey(token, method, `/api/instances/${id}${below}`);
        expect({ id, status, body }).toEqual({ id, status: 401, body: refusal });
        expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
      }
    }
  });

  it('leads into no tenant that it names, its own included', async () => {
    const { token } = await open(tenant.apiKey, { instanceIds: [instance] });
    for (const named of [tenant.id, tenant.name, 'default', unknownId])
      expect((await ask(token, instance, { 'x-evergrant-tenant': named })).status).toBe(401);
  });

  it('without instances is for all of the tenant, later ones too, and of no other', async () => {
    const { token } = await open(tenant.apiKey);
    const later = await callers.newInstance(tenant.apiKey);
    const foreign = await callers.newInstance((await callers.tenant()).apiKey);
    for (const id of [instance, later.id]) expect((await ask(token, id)).status).toBe(200);
    for (const id of [foreign.id, unknownId]) expect((await ask(token, id)).status).toBe(404);
  });

  it('counts against a limit of its own, and not against its key’s', async () => {
    const [{ token }, second] = [
      await open(tenant.apiKey, { instanceIds: [instance] }),
      await open(tenant.apiKey, { instanceIds: [instance] }),
    ];
    const answers = await Promise.all(Array.from({ length: 620 }, () => ask(token)));
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited.length).toBeGreaterThanOrEqual(20);
    expect(Number(limited[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(second.token)).status).toBe(200);
    expect((await callers.asKey(tenant.apiKey, 'GET', '/api/instances')).status).toBe(200);
  });

  it('is recorded with the one who opened it, and acts under a name of its own', async () => {
    const { id, token } = await open(tenant.apiKey, { instanceIds: [instance] });
    await callers.asKey(token, 'POST', `/api/instances/${instance}/start-oauth`, {});
    const events = await app.dataSource.query<{ event: string; actor: object; subject: object }[]>(
      `SELECT event, actor, subject FROM audit_events WHERE tenant_id = $1 AND (subject ->> 'id' = $2 OR actor ->> 'id' = $2)
       ORDER BY sequence`,
      [tenant.id, id],
    );
    expect(events).toEqual([
      {
        event: 'connect_session.created',
        actor: { kind: 'api-key', id: expect.any(String) },
        subject: { kind: 'connect-session', id },
      },
      {
        event: 'connect_link.issued',
        actor: { kind: 'connect-session', id },
        subject: { kind: 'instance', id: instance },
      },
    ]);
    expect(app.log.join('\n')).not.toContain(token);
  });
});

describe('opening one', () => {
  it.each([
    ['no instance', [], 'instanceIds'],
    ['what is no id', ['x'], 'instanceIds.0'],
    ['too many', Array.from({ length: 51 }, () => unknownId), 'instanceIds'],
    ['an instance that is not there', [unknownId], 'instanceIds.0'],
  ])('for %s is refused, and the field is named', async (_case, instanceIds, field) => {
    const answer = await app.api('POST', '/api/connect-sessions', { instanceIds }, bearer(tenant.apiKey));
    expect([answer.status, answer.body.errorCode, answer.body.field]).toEqual([
      400,
      'VALIDATION_FAILED',
      field,
    ]);
  });

  it('for another tenant’s instance is refused as for one that is not there', async () => {
    const foreign = await callers.newInstance((await callers.tenant()).apiKey);
    const refused = async (id: string) => {
      const input = { instanceIds: [instance, id] };
      const { status, body } = await app.api('POST', '/api/connect-sessions', input, bearer(tenant.apiKey));
      return { status, body };
    };
    expect(await refused(foreign.id)).toEqual(await refused(unknownId));
    expect((await refused(foreign.id)).body.field).toBe('instanceIds.1');
  });

  it('needs instances:write, and for all instances instances:read too', async () => {
    const reader = await callers.key(tenant.id, { rights: ['instances:read'] });
    const writer = await callers.key(tenant.id, { rights: ['instances:write'] });
    const asked = async ({ apiKey }: Shown<Key>, input: object) =>
      (await app.api('POST', '/api/connect-sessions', input, bearer(apiKey))).status;
    expect(await asked(reader, { instanceIds: [instance] })).toBe(403);
    expect(await asked(writer, { instanceIds: [instance] })).toBe(201);
    expect(await asked(writer, {})).toBe(403);
  });

  it('is possible in a console session, and for the operator in the tenant that is named', async () => {
    const cookie = await callers.login(tenant.apiKey);
    const inBrowser = await callers.call(
      'POST',
      '/api/connect-sessions',
      { cookie, origin: app.url },
      {
        instanceIds: [instance],
      },
    );
    expect((await ask(inBrowser.body.token as string)).status).toBe(200);
    const named = { 'x-evergrant-tenant': tenant.id };
    const operators = await app.api<Opened>(
      'POST',
      '/api/connect-sessions',
      { instanceIds: [instance] },
      named,
    );
    expect((await ask(operators.body.token)).status).toBe(200);
    const elsewhere = await app.api('POST', '/api/connect-sessions', { instanceIds: [instance] });
    expect(elsewhere.status).toBe(400);
  });
});

describe('a connect session ends', () => {
  const isOver = async (token: string) => (await ask(token)).status === 401;

  it('by itself, and is pruned by the next', async () => {
    const { id, token } = await open(tenant.apiKey, { instanceIds: [instance] });
    await app.advance(899);
    expect(await isOver(token)).toBe(false);
    await app.advance(2);
    expect(await isOver(token)).toBe(true);
    await open(tenant.apiKey, { instanceIds: [instance] });
    expect(await app.dataSource.query('SELECT FROM connect_sessions WHERE id = $1', [id])).toEqual([]);
  });

  it('no later than the key it was opened with', async () => {
    const key = await callers.key(tenant.id, { expiresInSeconds: 60 });
    const { token, expiresAt } = await open(key.apiKey, { instanceIds: [instance] });
    expect(Date.parse(expiresAt)).toBe(Date.parse(key.expiresAt!));
    await app.advance(61);
    expect(await isOver(token)).toBe(true);
  });

  it('with its key, at once here and within a second in another process', async () => {
    const replica = await TestApp.start({}, { beside: app });
    const key = await callers.key(tenant.id);
    const { token } = await open(key.apiKey, { instanceIds: [instance] });
    const there = async () =>
      (await new Callers(replica).call('GET', `/api/instances/${instance}`, bearer(token))).status;
    expect([(await ask(token)).status, await there()]).toEqual([200, 200]);
    await app.api('DELETE', `/api/tenants/${tenant.id}/api-keys/${key.id}`);
    expect(await isOver(token)).toBe(true);
    await until('the other process knows', async () => (await there()) === 401);
    await replica.stop();
  });

  it('when its key loses the right', async () => {
    const key = await callers.key(tenant.id);
    const { token } = await open(key.apiKey, { instanceIds: [instance] });
    expect(await isOver(token)).toBe(false);
    await app.dataSource.query(`UPDATE api_keys SET rights = '{instances:read}' WHERE id = $1`, [key.id]);
    await until('the process knows', () => isOver(token));
  });

  it('with its tenant: refused while that is suspended, gone when it is deleted', async () => {
    const theirs = await callers.tenant();
    const { id } = await callers.newInstance(theirs.apiKey);
    const { token } = await open(theirs.apiKey, { instanceIds: [id] });
    expect((await ask(token, id)).status).toBe(200);
    await app.api('PATCH', `/api/tenants/${theirs.id}`, { suspended: true });
    const suspended = await ask(token, id);
    expect([suspended.status, suspended.body.reason]).toEqual([403, 'tenant_suspended']);
    expect((await ask(token, instance)).status).toBe(401);
    await app.api('DELETE', `/api/tenants/${theirs.id}`);
    expect((await ask(token, id)).status).toBe(401);
  });

  it('when the operator’s key is another one, for those that were opened with it', async () => {
    const named = { 'x-evergrant-tenant': tenant.id };
    const { body } = await app.api<Opened>(
      'POST',
      '/api/connect-sessions',
      { instanceIds: [instance] },
      named,
    );
    const replica = await TestApp.start(
      { ADMIN_API_KEY: 'another-operator-key-0123456789abcdef' },
      { beside: app },
    );
    const there = await new Callers(replica).call('GET', `/api/instances/${instance}`, bearer(body.token));
    await replica.stop();
    expect([(await ask(body.token)).status, there.status]).toEqual([200, 401]);
  });
});
