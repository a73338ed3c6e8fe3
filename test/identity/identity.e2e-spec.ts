import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pressConnectButton } from '../../sandbox/index.js';
import { TestApp, type Answer, type CreatedInstance } from '../harness/test-app.js';
import { bearer, Callers, type Key, type Shown, type Tenant } from '../harness/callers.js';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

const unknownId = '00000000-0000-4000-8000-000000000000';

let app: TestApp;
let callers: Callers;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
});
afterAll(() => app.stop());

/** Asks until the answer is there; for what is written behind a request's back. */
async function eventually<Value>(ask: () => Promise<Value | null>): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (value !== null) return value;
  }
}

describe('a tenant', () => {
  it('is made with a first key, shown once, which works in it at once', async () => {
    const { status, headers, body } = await app.api<Shown<Tenant>>('POST', '/api/tenants', {
      name: ' Acme ',
    });
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Acme',
      suspended: false,
      policy: null,
      createdAt: expect.any(String),
      apiKey: expect.stringMatching(/^eg_[\w-]{43}$/),
      apiKeyExpiresAt: expect.any(String),
    });
    const { id } = await callers.newInstance(body.apiKey);
    const there = await app.api('GET', `/api/instances/${id}`, undefined, { 'x-evergrant-tenant': 'Acme' });
    expect(there.status).toBe(200);
    expect((await app.api('GET', `/api/instances/${id}`)).status).toBe(404);
    const shown = await app.api('GET', `/api/tenants/${body.id}`);
    const tenant = { id: body.id, name: 'Acme', suspended: false, policy: null, createdAt: body.createdAt };
    expect(shown.body).toEqual(tenant);
  });

  it('keeps its name to itself', async () => {
    const { name } = await callers.tenant();
    const { status, body } = await app.api('POST', '/api/tenants', { name });
    expect(status).toBe(409);
    expect(body).toMatchObject({ errorCode: 'CONFLICT', field: 'name', requiresReauth: false });
  });

  it.each([
    ['no name', {}, 'name'],
    ['an empty name', { name: ' ' }, 'name'],
    ['a name like an id', { name: unknownId }, 'name'],
    ['a name that PostgreSQL cannot hold', { name: 'a\0b' }, 'name'],
    ['an unknown field', { name: 'x', plan: 'y' }, 'plan'],
  ])('with %s is refused, and the field is named', async (_case, input, field) => {
    const { status, body } = await app.api('POST', '/api/tenants', input);
    expect([status, body.errorCode, body.field]).toEqual([400, 'VALIDATION_FAILED', field]);
  });

  it('is listed in pages', async () => {
    const made = [await callers.tenant(), await callers.tenant(), await callers.tenant()].map(({ id }) => id);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body }: Answer<Page<Tenant>> = await app.api('GET', `/api/tenants?limit=2${query}`);
      expect(body.items.length).toBeLessThanOrEqual(2);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(seen.slice(-3)).toEqual(made);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('takes its keys, its sessions and what opens its tokens with it when it is deleted', async () => {
    const { id, apiKey, name } = await callers.tenant();
    const { id: instanceId } = await callers.newInstance(apiKey);
    const link = await callers.asKey(apiKey, 'POST', `/api/instances/${instanceId}/start-oauth`, {});
    const started = await pressConnectButton(link.body.authorizationUrl as string);
    expect(started.cookie).not.toBeNull();
    const cookie = await callers.login(apiKey);
    await app.dataSource.query(
      "INSERT INTO data_keys (tenant_id, purpose, wrapped_key) VALUES ($1, 'tokens', 'x')",
      [id],
    );
    expect((await app.api('DELETE', `/api/tenants/${id}`)).status).toBe(204);
    expect((await callers.asKey(apiKey, 'GET', '/api/instances')).status).toBe(401);
    expect((await callers.call('GET', '/api/session', { cookie })).status).toBe(401);
    expect((await app.api('GET', `/api/tenants/${id}`)).status).toBe(404);
    expect((await app.api('GET', '/api/instances', undefined, { 'x-evergrant-tenant': name })).status).toBe(
      404,
    );
    expect(await app.dataSource.query('SELECT id FROM data_keys WHERE tenant_id = $1', [id])).toEqual([]);
  });

  it('called default cannot be deleted', async () => {
    const { body } = await app.api<Page<Tenant>>('GET', '/api/tenants');
    const { id } = body.items.find(({ name }) => name === 'default')!;
    const refused = await app.api('DELETE', `/api/tenants/${id}`);
    expect([refused.status, refused.body.errorCode]).toEqual([409, 'CONFLICT']);
  });

  it.each([unknownId, 'nonsense'])('that is not there (%s) is answered 404', async (id) => {
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['DELETE', '', undefined],
      ['GET', '/api-keys', undefined],
      ['POST', '/api-keys', { name: 'x' }],
      ['DELETE', `/api-keys/${unknownId}`, undefined],
    ] as const) {
      const answer = await app.api(method, `/api/tenants/${id}${path}`, body);
      expect([answer.status, answer.body.errorCode]).toEqual([404, 'NOT_FOUND']);
    }
  });
});

describe('an API key', () => {
  it('is shown once; after that only how it begins, what it may do and when it was used', async () => {
    const { id } = await callers.tenant();
    const path = `/api/tenants/${id}/api-keys`;
    const created = await app.api<Shown<Key>>('POST', path, { name: 'CI' });
    expect(created.status).toBe(201);
    expect(created.headers.get('cache-control')).toBe('no-store');
    const { apiKey, ...stored } = created.body;
    expect(apiKey).toMatch(/^eg_[\w-]{43}$/);
    expect(stored).toEqual({
      id: expect.any(String),
      name: 'CI',
      prefix: apiKey.slice(0, 10),
      rights: ['instances:read', 'instances:write'],
      createdAt: expect.any(String),
      lastUsedAt: null,
      expiresAt: expect.any(String),
    });
    const { body } = await app.api<Page<Key>>('GET', path);
    expect(body.items.map(({ name }) => name)).toEqual(['First key', 'CI']);
    expect(body.items[1]).toEqual(stored);
    const [held] = await app.dataSource.query<object[]>('SELECT * FROM api_keys WHERE id = $1', [stored.id]);
    expect(JSON.stringify(held)).not.toContain(apiKey);
  });

  it('is replaced without a gap: both work until the old one is deleted', async () => {
    const { id, apiKey: first } = await callers.tenant();
    const second = await callers.key(id);
    expect((await callers.asKey(first, 'GET', '/api/instances')).status).toBe(200);
    expect((await callers.asKey(second.apiKey, 'GET', '/api/instances')).status).toBe(200);
    const { body } = await app.api<Page<Key>>('GET', `/api/tenants/${id}/api-keys`);
    const old = body.items.find(({ prefix }) => first.startsWith(prefix))!;
    expect((await app.api('DELETE', `/api/tenants/${id}/api-keys/${old.id}`)).status).toBe(204);
    expect((await callers.asKey(first, 'GET', '/api/instances')).status).toBe(401);
    expect((await callers.asKey(second.apiKey, 'GET', '/api/instances')).status).toBe(200);
  });

  it('of another tenant is not found there', async () => {
    const [ours, theirs] = [await callers.tenant(), await callers.tenant()];
    const { id, apiKey } = await callers.key(theirs.id);
    for (const keyId of [id, 'nonsense']) {
      expect((await app.api('DELETE', `/api/tenants/${ours.id}/api-keys/${keyId}`)).status).toBe(404);
    }
    expect((await callers.asKey(apiKey, 'GET', '/api/instances')).status).toBe(200);
  });

  it('is answered alike whether it is unknown, expired, deleted or no key at all', async () => {
    const { id, apiKey: valid } = await callers.tenant();
    const expired = await callers.key(id, { expiresAt: await callers.fromNow(60) });
    const deleted = await callers.key(id);
    await app.api('DELETE', `/api/tenants/${id}/api-keys/${deleted.id}`);
    expect((await callers.asKey(expired.apiKey, 'GET', '/api/instances')).status).toBe(200);
    await app.advance(61);
    for (const wrong of [expired.apiKey, deleted.apiKey, `${valid}x`, `eg_${'A'.repeat(43)}`, 'nonsense']) {
      const { status, headers, body } = await callers.asKey(wrong, 'GET', '/api/instances');
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe(
        'Bearer error="invalid_token", error_description="Authentication is missing or wrong"',
      );
      expect(body).toEqual({
        error: 'Authentication is missing or wrong',
        instanceId: null,
        errorCode: 'UNAUTHENTICATED',
        requiresReauth: false,
      });
    }
    expect((await callers.asKey(valid, 'GET', '/api/instances')).status).toBe(200);
  });

  it.each([
    ['an expiry in the past', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
    ['an expiry without offset', { expiresAt: '2099-01-01T00:00:00' }, 'expiresAt'],
    ['an unknown right', { rights: ['everything'] }, 'rights.0'],
    ['no right at all', { rights: [] }, 'rights'],
    ['no name', { name: undefined }, 'name'],
  ])('with %s is refused, and the field is named', async (_case, input, field) => {
    const { id } = await callers.tenant();
    const { status, body } = await app.api('POST', `/api/tenants/${id}/api-keys`, { name: 'x', ...input });
    expect([status, body.errorCode, body.field]).toEqual([400, 'VALIDATION_FAILED', field]);
  });

  it('tells when it was last used, to the minute', async () => {
    const { id, apiKey } = await callers.tenant();
    const lastUse = async () =>
      (await app.api<Page<Key>>('GET', `/api/tenants/${id}/api-keys`)).body.items[0]!.lastUsedAt;
    await callers.asKey(apiKey, 'GET', '/api/instances');
    const first = await eventually(lastUse);
    await app.advance(50);
    await callers.asKey(apiKey, 'GET', '/api/instances');
    expect(await lastUse()).toBe(first);
    await app.advance(11);
    await callers.asKey(apiKey, 'GET', '/api/instances');
    const second = await eventually(async () => ((await lastUse()) === first ? null : lastUse()));
    expect(Date.parse(second) - Date.parse(first)).toBeGreaterThanOrEqual(60_000);
  });
});

describe('rights', () => {
  it('without access-tokens:read a key gets no Google access token', async () => {
    const { id, apiKey } = await callers.tenant();
    const { id: instanceId } = await callers.newInstance(apiKey);
    const path = `/api/instances/${instanceId}/access-token`;
    const refused = await callers.asKey(apiKey, 'GET', path);
    expect([refused.status, refused.body.errorCode]).toEqual([403, 'FORBIDDEN']);
    const { apiKey: reader } = await callers.key(id, { rights: ['access-tokens:read'] });
    // The mailbox was never connected: past the guard, this is what it says.
    expect((await callers.asKey(reader, 'GET', path)).body.errorCode).toBe('OAUTH_FLOW_REQUIRED');
    expect((await callers.asKey(reader, 'GET', `/api/instances/${instanceId}`)).status).toBe(403);
  });

  it('with instances:read alone a key changes nothing', async () => {
    const { id } = await callers.tenant();
    const { apiKey } = await callers.key(id, { rights: ['instances:read'] });
    expect((await callers.asKey(apiKey, 'GET', '/api/instances')).status).toBe(200);
    expect((await callers.asKey(apiKey, 'POST', '/api/instances', { name: 'x' })).status).toBe(403);
  });

  it('are declared by every route: a key that has none of them is refused everywhere', async () => {
    const { id } = await callers.tenant();
    const { id: keyId, apiKey } = await callers.key(id);
    await app.dataSource.query("UPDATE api_keys SET rights = '{}' WHERE id = $1", [keyId]);
    const open = [
      ...['GET /api/session', 'POST /api/session', 'DELETE /api/session', 'GET /api/openapi.json'],
      ...['GET /api/attachments/:link', 'PUT /api/uploads/:link'],
    ];
    const routes = app.routes.filter((route) => route.includes(' /api/') && !open.includes(route));
    expect(routes.length).toBeGreaterThan(15);
    for (const route of routes) {
      const [method, path] = route.split(' ') as [string, string];
      const url = path.replace(/:\w+/g, unknownId);
      const { status, body } = await callers.asKey(apiKey, method, url);
      expect([method, path, status, body.errorCode]).toEqual([method, path, 403, 'FORBIDDEN']);
      const { status: unauthenticated } = await callers.call(method, url, {});
      expect([method, path, unauthenticated]).toEqual([method, path, 401]);
    }
  });

  it('of a tenant’s key never reach to tenants and keys, whether they exist or not', async () => {
    const { id } = await callers.tenant();
    const { apiKey } = await callers.key(id, {
      rights: ['instances:read', 'instances:write', 'access-tokens:read'],
    });
    for (const path of [`/api/tenants/${id}`, `/api/tenants/${unknownId}`, '/api/tenants']) {
      const { status, body } = await callers.asKey(apiKey, 'GET', path);
      expect(status).toBe(403);
      expect(body).toEqual({
        error: 'This is not allowed',
        instanceId: null,
        errorCode: 'FORBIDDEN',
        requiresReauth: false,
      });
    }
  });
});

describe('X-Evergrant-Tenant', () => {
  it('may name one’s own tenant; any other is not found, be it there or not', async () => {
    const [ours, theirs] = [await callers.tenant(), await callers.tenant()];
    const list = (named: string) =>
      callers.call('GET', '/api/instances', { ...bearer(ours.apiKey), 'x-evergrant-tenant': named });
    for (const own of [ours.id, ours.name]) expect((await list(own)).status).toBe(200);
    const unknown = await list('nowhere');
    expect([unknown.status, unknown.body.field]).toEqual([404, 'X-Evergrant-Tenant']);
    for (const foreign of [theirs.id, theirs.name, 'default', unknownId])
      expect((await list(foreign)).body).toEqual(unknown.body);
  });

  it('leads the operator into any tenant, by id or by name', async () => {
    const { id, name, apiKey } = await callers.tenant();
    const { id: instanceId } = await callers.newInstance(apiKey);
    for (const named of [id, name]) {
      const headers = { 'x-evergrant-tenant': named };
      expect((await app.api('GET', `/api/instances/${instanceId}`, undefined, headers)).status).toBe(200);
    }
  });
});

describe('an MCP token', () => {
  interface McpTokenView {
    id: string;
    name: string | null;
    prefix: string;
    lastUsedAt: string | null;
    mcpToken: string;
  }

  const mcp = async (instance: CreatedInstance, token: string) => {
    const response = await fetch(instance.mcpUrl, {
      method: 'POST',
      headers: {
        ...bearer(token),
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    });
    await response.text();
    return response.status;
  };

  it('is replaced without a gap, is shown once, and is refused as soon as it is deleted', async () => {
    const { apiKey } = await callers.tenant();
    const instance = await callers.newInstance(apiKey);
    const path = `/api/instances/${instance.id}/mcp-tokens`;
    const created = await callers.asKey(apiKey, 'POST', path, { name: 'Agent' });
    expect([created.status, created.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const { mcpToken, ...stored } = created.body as unknown as McpTokenView;
    expect(mcpToken).toMatch(/^egmcp_[\w-]{43}$/);
    const { items } = (await callers.asKey(apiKey, 'GET', path)).body as unknown as Page<McpTokenView>;
    expect(items).toEqual([
      {
        id: expect.any(String),
        name: null,
        prefix: instance.mcpToken.slice(0, 10),
        scopes: null,
        createdAt: expect.any(String),
        lastUsedAt: null,
        expiresAt: null,
      },
      { ...stored, name: 'Agent', prefix: mcpToken.slice(0, 10), lastUsedAt: null },
    ]);
    for (const token of [instance.mcpToken, mcpToken]) expect(await mcp(instance, token)).toBe(200);
    expect((await callers.asKey(apiKey, 'DELETE', `${path}/${items[0]!.id}`)).status).toBe(204);
    expect(await mcp(instance, instance.mcpToken)).toBe(401);
    expect(await mcp(instance, mcpToken)).toBe(200);
    expect((await callers.asKey(apiKey, 'DELETE', `${path}/${items[0]!.id}`)).status).toBe(404);
    await eventually(
      async () =>
        ((await callers.asKey(apiKey, 'GET', path)).body as unknown as Page<McpTokenView>).items[0]!
          .lastUsedAt,
    );
  });

  it('is refused as soon as it expires', async () => {
    const { apiKey } = await callers.tenant();
    const instance = await callers.newInstance(apiKey);
    const path = `/api/instances/${instance.id}/mcp-tokens`;
    const past = await callers.asKey(apiKey, 'POST', path, { expiresAt: '2020-01-01T00:00:00Z' });
    expect([past.status, past.body.field]).toEqual([400, 'expiresAt']);
    const { body } = await callers.asKey(apiKey, 'POST', path, { expiresAt: await callers.fromNow(60) });
    expect(await mcp(instance, body.mcpToken as string)).toBe(200);
    await app.advance(61);
    expect(await mcp(instance, body.mcpToken as string)).toBe(401);
  });

  it('of another tenant’s instance is neither seen nor made nor deleted', async () => {
    const [ours, theirs] = [await callers.tenant(), await callers.tenant()];
    const instance = await callers.newInstance(theirs.apiKey);
    const path = `/api/instances/${instance.id}/mcp-tokens`;
    const { items } = (await callers.asKey(theirs.apiKey, 'GET', path)).body as unknown as Page<McpTokenView>;
    expect((await callers.asKey(ours.apiKey, 'GET', path)).status).toBe(404);
    expect((await callers.asKey(ours.apiKey, 'POST', path, {})).status).toBe(404);
    const own = `/api/instances/${(await callers.newInstance(ours.apiKey)).id}/mcp-tokens`;
    expect((await callers.asKey(ours.apiKey, 'DELETE', `${own}/${items[0]!.id}`)).status).toBe(404);
    expect(await mcp(instance, instance.mcpToken)).toBe(200);
  });
});
