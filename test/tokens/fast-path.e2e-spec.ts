import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { bearer, Callers, type Key, type Shown } from '../harness/callers.js';

let app: TestApp;
let callers: Callers;
let tenantId: string;
let mailbox: CreatedInstance;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
  mailbox = await app.connectedInstance();
  const [tenant] = await app.dataSource.query<{ id: string }[]>(
    "SELECT id FROM tenants WHERE name = 'default'",
  );
  tenantId = tenant!.id;
});
afterAll(() => app.stop());

interface WholeAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

async function get(headers: Record<string, string>, query = '', id = mailbox.id): Promise<WholeAnswer> {
  const response = await fetch(`${app.url}/api/instances/${id}/access-token${query}`, { headers });
  const { date: _date, 'x-request-id': _id, ...rest } = Object.fromEntries(response.headers);
  return { status: response.status, headers: rest, body: await response.text() };
}

function key(input: object = { rights: ['access-tokens:read'] }): Promise<Shown<Key>> {
  return callers.key(tenantId, input);
}

async function foreignKey(): Promise<{ authorization: string }> {
  const { id } = await callers.tenant();
  return bearer((await callers.key(id, { rights: ['access-tokens:read'] })).apiKey);
}

async function warmKey(): Promise<Shown<Key>> {
  const warm = await key();
  for (let n = 0; n < 2; n += 1) expect((await get(bearer(warm.apiKey))).status).toBe(200);
  return warm;
}

async function hits(): Promise<number> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return Number(/^evergrant_token_cache_total\{result="hit"\} (\d+)/m.exec(text)?.[1]);
}

describe('an access token from memory', () => {
  it('is answered as the ordinary path answers it, byte by byte, but for what CORS says to other origins', async () => {
    const { apiKey } = await warmKey();
    const fast = await get(bearer(apiKey));
    // Who names a tenant is answered by the controller.
    const ordinary = await get({ ...bearer(apiKey), 'x-evergrant-tenant': tenantId });
    expect(JSON.parse(fast.body)).toMatchObject({ source: 'cache' });
    const { vary: _vary, 'access-control-expose-headers': _exposed, ...headers } = ordinary.headers;
    expect(fast).toEqual({ ...ordinary, headers });
  });

  it('is counted as one that memory had', async () => {
    const { apiKey } = await warmKey();
    const before = await hits();
    await get(bearer(apiKey));
    expect((await hits()) - before).toBe(1);
  });

  it('can be read by a page of an allowed origin, and by no other', async () => {
    const { apiKey } = await warmKey();
    const origins = ['https://app.example.com', 'https://evil.example'];
    const [allowed, other] = await Promise.all(
      origins.map((origin) => get({ ...bearer(apiKey), origin }).then(({ headers }) => headers)),
    );
    expect(allowed!['access-control-allow-origin']).toBe(origins[0]);
    expect(other).not.toHaveProperty('access-control-allow-origin');
  });

  it('bears the caller’s request id', async () => {
    const { apiKey } = await warmKey();
    const headers = { ...bearer(apiKey), 'x-request-id': 'Trace_7' };
    const response = await fetch(`${app.url}/api/instances/${mailbox.id}/access-token`, { headers });
    expect(response.headers.get('x-request-id')).toBe('Trace_7');
    await response.text();
  });

  it.each([
    ['a key without the right', async () => bearer((await key({ rights: ['instances:read'] })).apiKey), 403],
    ['a wrong key', async () => bearer('eg_wrong'), 401],
    ['the MCP token of the instance', async () => bearer(mailbox.mcpToken), 401],
    ['the key of another tenant', foreignKey, 404],
  ])('is kept from %s, also the second time', async (_whom, headers, status) => {
    await warmKey();
    const brought = await headers();
    // The endpoint of MCP has its token in memory then.
    await fetch(mailbox.mcpUrl, { headers: bearer(mailbox.mcpToken) }).then((answer) => answer.text());
    for (let n = 0; n < 2; n += 1) expect((await get(brought)).status).toBe(status);
  });

  it('is kept from a key that was deleted, at once', async () => {
    const { id, apiKey } = await warmKey();
    await app.api('DELETE', `/api/tenants/${tenantId}/api-keys/${id}`);
    expect((await get(bearer(apiKey))).status).toBe(401);
  });

  it('is not served for longer than the caller needs it', async () => {
    const { apiKey } = await warmKey();
    expect((await get(bearer(apiKey), '?minTtlSeconds=-1')).status).toBe(400);
    expect((await get(bearer(apiKey), '?minTtlSeconds=10')).status).toBe(200);
  });

  it('is gone at once when its instance is deleted', async () => {
    const { apiKey } = await warmKey();
    const gone = await app.connectedInstance();
    for (let n = 0; n < 2; n += 1) expect((await get(bearer(apiKey), '', gone.id)).status).toBe(200);
    expect((await app.api('DELETE', `/api/instances/${gone.id}`)).status).toBe(204);
    expect((await get(bearer(apiKey), '', gone.id)).status).toBe(404);
  });
});
