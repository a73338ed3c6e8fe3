import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());

describe('POST /api/instances', () => {
  it('creates a pending instance and shows its MCP token once', async () => {
    const { response, data } = await app.client.POST('/api/instances', { body: { name: 'Sales' } });
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const id = data?.id ?? '';
    expect(data).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Sales',
      externalId: null,
      email: null,
      oauthStatus: 'pending',
      scopes: ['openid', 'email', 'https://www.googleapis.com/auth/gmail.readonly'],
      tokenExpiresAt: null,
      errorCode: 'OAUTH_FLOW_REQUIRED',
      mcpUrl: `${app.url}/mcp/${id}`,
      mcpToken: expect.stringMatching(/^egmcp_[\w-]{43}$/),
    });
    const again = await app.client.GET('/api/instances/{id}', { params: { path: { id } } });
    expect(again.response.status).toBe(200);
    expect(again.data).not.toHaveProperty('mcpToken');
  });

  it('answers a repeated externalId with the instance there is, without its token', async () => {
    const create = (name: string) =>
      app.client.POST('/api/instances', { body: { name, externalId: 'crm-17' } });
    const first = await create('One');
    const again = await create('Other name');
    expect(first.response.status).toBe(201);
    expect(again.response.status).toBe(200);
    expect(again.data).toMatchObject({ id: first.data?.id, name: 'One', externalId: 'crm-17' });
    expect(again.data).not.toHaveProperty('mcpToken');
  });

  it('creates one instance when the same externalId comes many times at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        app.client.POST('/api/instances', { body: { name: 'Race', externalId: 'race' } }),
      ),
    );
    expect(new Set(answers.map(({ data }) => data?.id)).size).toBe(1);
    expect(answers.filter(({ response }) => response.status === 201)).toHaveLength(1);
    expect(answers.filter(({ data }) => data && 'mcpToken' in data)).toHaveLength(1);
  });

  it('takes scopes by their short names, wherever they are given, and answers them in full', async () => {
    const full = ['gmail.modify', 'gmail.send'].map((name) => `https://www.googleapis.com/auth/${name}`);
    const { data } = await app.client.POST('/api/instances', {
      body: { name: 'Short', scopes: ['gmail.modify', 'gmail.send', 'openid'] },
    });
    expect(data?.scopes).toEqual(['openid', 'email', ...full]);
    const path = { id: data?.id ?? '' };
    const patched = await app.client.PATCH('/api/instances/{id}', {
      params: { path },
      body: { scopes: ['mail.google.com', 'https://mail.google.com/', 'gmail.send'] },
    });
    expect(patched.data?.scopes).toEqual(['openid', 'email', 'https://mail.google.com/', full[1]]);
    const token = await app.client.POST('/api/instances/{id}/mcp-tokens', {
      params: { path },
      body: { scopes: ['gmail.send'] },
    });
    expect(token.data?.scopes).toEqual([full[1]]);
  });

  it.each([
    ['no name', {}, 'name'],
    ['a short name of no scope', { name: 'x', scopes: ['gmail.modfy'] }, 'scopes.0'],
    ['an empty name', { name: '  ' }, 'name'],
    ['a name that is no text', { name: 7 }, 'name'],
    [
      'a scope that is not Gmail’s',
      { name: 'x', scopes: ['https://www.googleapis.com/auth/drive'] },
      'scopes.0',
    ],
    ['no scope at all', { name: 'x', scopes: [] }, 'scopes'],
    ['a client id without its secret', { name: 'x', clientId: 'abc' }, 'clientSecret'],
    ['a client secret without its id', { name: 'x', clientSecret: 'abc' }, 'clientId'],
    ['an unknown field', { name: 'x', nmae: 'y' }, 'nmae'],
  ])('refuses %s and names the field', async (_case, input, field) => {
    const { status, body } = await app.api('POST', '/api/instances', input);
    expect(status).toBe(400);
    expect(Object.keys(body).slice(0, 4)).toEqual(['error', 'instanceId', 'errorCode', 'requiresReauth']);
    expect(body).toMatchObject({
      instanceId: null,
      errorCode: 'VALIDATION_FAILED',
      requiresReauth: false,
      field,
    });
  });

  it('refuses a body that is no JSON, or too large, in the contract’s words', async () => {
    const broken = await app.api('POST', '/api/instances', '{"name":');
    expect(broken.status).toBe(400);
    expect(broken.body).toMatchObject({ errorCode: 'VALIDATION_FAILED', requiresReauth: false });
    const large = await app.api('POST', '/api/instances', { name: 'x'.repeat(2 * 1024 * 1024) });
    expect(large.status).toBe(413);
    expect(large.body).toMatchObject({ errorCode: 'PAYLOAD_TOO_LARGE', requiresReauth: false });
  });
});

describe('GET /api/instances', () => {
  it('pages through everything once, in a stable order, though instances are added meanwhile', async () => {
    const tenant = await newTenant('paging');
    const created: string[] = [];
    for (let n = 0; n < 7; n += 1) created.push(await create(tenant, `Box ${n}`));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 3, ...(cursor === undefined ? {} : { cursor }) };
      const { data } = await app.client.GET('/api/instances', { params: { query, header: tenant } });
      seen.push(...(data?.items ?? []).map(({ id }) => id));
      if (cursor === undefined) created.push(await create(tenant, 'Late box'));
      cursor = data?.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(created);
  });

  it('filters by status and by part of name, e-mail address or external id', async () => {
    const tenant = await newTenant('filters');
    const plain = await create(tenant, 'Plain');
    await create(tenant, 'Special% box');
    const list = async (query: { status?: 'pending' | 'completed'; q?: string }) => {
      const { data } = await app.client.GET('/api/instances', { params: { query, header: tenant } });
      return data?.items.map(({ name }) => name);
    };
    expect(await list({ status: 'pending' })).toEqual(['Plain', 'Special% box']);
    expect(await list({ status: 'completed' })).toEqual([]);
    expect(await list({ q: 'L%' })).toEqual(['Special% box']);
    expect(await list({ q: plain })).toEqual([]);
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=x', 'limit'],
    ['cursor=%7B', 'cursor'],
    ['cursor=WyJub3ciLCJ4Il0', 'cursor'],
    ['status=lost', 'status'],
  ])('refuses ?%s and names it', async (query, field) => {
    const { status, body } = await app.api('GET', `/api/instances?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'VALIDATION_FAILED', field });
  });

  it.each(['nonsense', '00000000-0000-4000-8000-000000000000'])(
    'answers 404 for the unknown instance %s',
    async (id) => {
      const { response, error } = await app.client.GET('/api/instances/{id}', { params: { path: { id } } });
      expect(response.status).toBe(404);
      expect(error).toMatchObject({ instanceId: null, errorCode: 'NOT_FOUND', requiresReauth: false });
    },
  );
});

describe('the operator’s key', () => {
  it.each([
    ['GET', '/api/instances'],
    ['POST', '/api/instances'],
    ['GET', '/api/instances/00000000-0000-4000-8000-000000000000'],
    ['POST', '/api/instances/00000000-0000-4000-8000-000000000000/start-oauth'],
    ['PUT', '/api/instances/00000000-0000-4000-8000-000000000000/credentials'],
    ['GET', '/api/instances/00000000-0000-4000-8000-000000000000/access-token'],
    ['POST', '/api/instances/00000000-0000-4000-8000-000000000000/refresh'],
  ])('is needed for %s %s', async (method, path) => {
    for (const authorization of ['', 'Bearer wrong', 'Basic d3Jvbmc6d3Jvbmc=']) {
      const { status, headers, body } = await app.api(method, path, undefined, { authorization });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(
        authorization === '' ? /^Bearer$/ : /^Bearer error="invalid_token", error_description="[^"]+"$/,
      );
      expect(body).toEqual({
        error: 'Authentication is missing or wrong',
        instanceId: null,
        errorCode: 'UNAUTHENTICATED',
        requiresReauth: false,
      });
    }
  });

  it('acts in the tenant that X-Evergrant-Tenant names, and one tenant never sees the other’s instances', async () => {
    const header = await newTenant('acme');
    const path = { id: await create(header, 'Theirs') };
    const own = await app.client.GET('/api/instances/{id}', { params: { path, header } });
    expect(own.response.status).toBe(200);
    const foreign = await app.client.GET('/api/instances/{id}', { params: { path } });
    expect(foreign.response.status).toBe(404);
    expect(foreign.error).toMatchObject({ errorCode: 'NOT_FOUND', instanceId: null });
    for (const below of ['access-token', 'refresh', 'start-oauth', 'credentials']) {
      const method = { 'access-token': 'GET', credentials: 'PUT' }[below] ?? 'POST';
      expect((await app.api(method, `/api/instances/${path.id}/${below}`)).status).toBe(404);
    }
  });

  it('finds no tenant of an unknown name', async () => {
    const header = { 'X-Evergrant-Tenant': 'unknown' };
    const { response, error } = await app.client.GET('/api/instances', { params: { header } });
    expect(response.status).toBe(404);
    expect(error).toMatchObject({ errorCode: 'NOT_FOUND', field: 'X-Evergrant-Tenant' });
  });
});

it('answers unknown routes in the contract’s words', async () => {
  const { status, body } = await app.api('GET', '/api/no-such-route');
  expect(status).toBe(404);
  expect(body).toMatchObject({ instanceId: null, errorCode: 'NOT_FOUND', requiresReauth: false });
});

it('lets browsers read answers on the origins of FRONTEND_ORIGINS, and on no others', async () => {
  const allowed = await app.api('GET', '/api/instances', undefined, { origin: 'https://app.example.com' });
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  const other = await app.api('GET', '/api/instances', undefined, { origin: 'https://evil.example.com' });
  expect(other.headers.has('access-control-allow-origin')).toBe(false);
  const preflight = await fetch(`${app.url}/api/instances`, {
    method: 'OPTIONS',
    headers: { origin: 'https://app.example.com', 'access-control-request-method': 'POST' },
  });
  expect(preflight.status).toBe(204);
  const methods = preflight.headers.get('access-control-allow-methods')!.split(', ');
  expect(methods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']));
});

it('answers the probes', async () => {
  for (const path of ['/health/live', '/health/ready'] as const) {
    const { response, data } = await app.client.GET(path);
    expect(response.status).toBe(200);
    expect(data).toEqual({ status: 'ok' });
  }
});

async function newTenant(name: string): Promise<{ 'X-Evergrant-Tenant': string }> {
  await app.dataSource.query('INSERT INTO tenants (name) VALUES ($1)', [name]);
  return { 'X-Evergrant-Tenant': name };
}

async function create(header: { 'X-Evergrant-Tenant': string }, name: string): Promise<string> {
  const { data } = await app.client.POST('/api/instances', { body: { name }, params: { header } });
  return data?.id ?? '';
}
