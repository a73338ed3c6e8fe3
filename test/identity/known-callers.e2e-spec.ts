import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { accessToken } from '../harness/access-tokens.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
let replica: TestApp;
beforeAll(async () => {
  app = await TestApp.start();
  replica = await TestApp.start({}, { beside: app });
});
afterAll(async () => {
  await replica.stop();
  await app.stop();
});

interface Key {
  id: string;
  apiKey: string;
}

async function key(input: Record<string, unknown> = {}): Promise<Key & { path: string }> {
  const [tenant] = await app.dataSource.query<{ id: string }[]>(
    "SELECT id FROM tenants WHERE name = 'default'",
  );
  const path = `/api/tenants/${tenant!.id}/api-keys`;
  const { body } = await app.api<Key>('POST', path, { name: 'Key', ...input });
  return { ...body, path: `${path}/${body.id}` };
}

async function listed(at: TestApp, { apiKey }: Key) {
  return (await at.api('GET', '/api/instances', undefined, { authorization: `Bearer ${apiKey}` })).status;
}

async function mcp(at: TestApp, id: string, token: string) {
  const response = await fetch(`${at.url}/mcp/${id}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
  });
  await response.text();
  return response.status;
}

const aSecond = { limitMs: 1_500, everyMs: 50 };

describe('a key that a replica has in memory', () => {
  it('is refused at once where it is deleted, and within a second by the other', async () => {
    const deleted = await key();
    for (const at of [app, replica]) expect(await listed(at, deleted)).toBe(200);
    expect((await app.api('DELETE', deleted.path)).status).toBe(204);
    expect(await listed(app, deleted)).toBe(401);
    await until('the other refuses it', async () => (await listed(replica, deleted)) === 401, aSecond);
  });

  it('is refused once it has expired, though it is in memory', async () => {
    const expiring = await key({ expiresAt: new Date(Date.now() + 30_000).toISOString() });
    expect(await listed(app, expiring)).toBe(200);
    await app.advance(31);
    expect(await listed(app, expiring)).toBe(401);
  });
});

describe('an instance that a replica has in memory', () => {
  it('is gone within a second for its MCP token and for keys, when another deletes it', async () => {
    const { id, mcpToken } = await app.connectedInstance();
    const token = () => accessToken(replica, id);
    expect((await token()).status).toBe(200);
    expect(await mcp(replica, id, mcpToken)).toBe(200);
    await app.api('DELETE', `/api/instances/${id}`);
    await until('it is gone', async () => (await token()).status === 404, aSecond);
    await until('its token is refused', async () => (await mcp(replica, id, mcpToken)) === 401, aSecond);
  });
});
