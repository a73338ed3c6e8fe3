import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { TestApp } from '../harness/test-app.js';
import { bearer, Callers } from '../harness/callers.js';
import { startService } from '../harness/oauth/oauth-service.js';
import { unfinishedPost } from './held-requests.js';

let app: TestApp;
let callers: Callers;
beforeAll(async () => {
  app = await TestApp.start({ BODY_BYTES_IN_FLIGHT: String(16 * 1024 * 1024) });
  callers = new Callers(app);
});
afterAll(() => app.stop());

const inFlight = 'evergrant_body_bytes_in_flight';

async function metric(name: string): Promise<number> {
  const lines = (await (await fetch(`${app.url}/metrics`)).text()).split('\n');
  return Number(lines.find((line) => line.startsWith(`${name} `))?.split(' ')[1] ?? 0);
}

/** Every route that takes a body, with ids of nothing in its path. */
function bodyRoutes(): [method: string, path: string][] {
  return app.routes
    .map((route) => route.split(' ') as [string, string])
    .filter(([method]) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method))
    .map(([method, path]) => [method, path.replace(/:\w+/g, '4b6ac5b4-7f53-4f6a-9c0c-64a6a3a1f001')]);
}

describe('a body of 9.8 MB without a key', () => {
  it('is answered before it has come, on every route, and its connection is closed', async () => {
    const routes = bodyRoutes();
    expect(routes.length).toBeGreaterThan(10);
    for (const [method, path] of routes) {
      const { status, closed, head } = await unfinishedPost(app.url, path, { method });
      expect({ method, path, status, closed }).toEqual({
        method,
        path,
        status: expect.any(Number),
        closed: true,
      });
      // A route that is open to all takes next to nothing, and one behind a link looks at the link first.
      expect({ method, path, known: [401, 404, 413].includes(status) }).toEqual({
        method,
        path,
        known: true,
      });
      expect(head.toLowerCase()).toContain('connection: close');
    }
  });

  it('is not waited for where it is short enough for its route, but at those that are open to all', async () => {
    const isOpen =
      /^(POST|DELETE) \/api\/session$|^POST \/(approvals|connect|mailboxes|oauth\/retry|security-events|sign-in)\/|^PUT \/api\/uploads\/|^POST \/(authorize|gmail\/pubsub|register|revoke|token)$/;
    const guarded = bodyRoutes().filter(([method, path]) => !isOpen.test(`${method} ${path}`));
    for (const [method, path] of guarded) {
      const { status, closed } = await unfinishedPost(app.url, path, { method, declared: 10_000, sent: 10 });
      expect({ method, path, status, closed }).toEqual({ method, path, status: 401, closed: true });
    }
  });

  it('is not read either where there is no route', async () => {
    const answer = await unfinishedPost(app.url, '/nothing/here', { declared: 1000, sent: 10 });
    expect(answer).toMatchObject({ status: 404, closed: true });
  });

  it('is not read with a wrong key', async () => {
    const wrong = bearer(`eg_${'A'.repeat(43)}`);
    expect(await unfinishedPost(app.url, '/api/instances', { headers: wrong })).toMatchObject({
      status: 401,
      closed: true,
    });
  });
});

it('a body of 9.8 MB without the token is not read by the OAuth service either, which says so as RFC 6749 does', async () => {
  const service = await startService(app.environment);
  try {
    for (const path of ['/token/refresh', '/token/exchange', '/credentials/exchange']) {
      const { status, head, closed } = await unfinishedPost(await service.getUrl(), path);
      expect({ path, status, closed }).toEqual({ path, status: 401, closed: true });
      expect(head).toContain('"error":"invalid_token"');
    }
  } finally {
    await service.close();
  }
});

describe('bodies of callers whom we know', () => {
  it('are refused where one is too large for its route', async () => {
    const { apiKey } = await callers.tenant();
    const large = await callers.asKey(apiKey, 'POST', '/api/instances', { name: 'x'.repeat(70_000) });
    expect(large).toMatchObject({ status: 413, body: { errorCode: 'PAYLOAD_TOO_LARGE' } });
  });

  it('are bounded for each tenant and over all, small ones go on, and room comes back', async () => {
    const path = (id: string) => `/mcp/${id}`;
    const [first, second] = [await app.createInstance(), await foreignInstance()];
    const hold = (instance: { id: string; mcpToken: string }, signal?: AbortSignal) =>
      unfinishedPost(app.url, path(instance.id), {
        headers: bearer(instance.mcpToken),
        declared: 10_000_000,
        sent: 9_000_000,
        signal,
      });
    const refused = (cause: string) => metric(`evergrant_bodies_refused_total{cause="${cause}"}`);
    const before = { payer: await refused('payer'), total: await refused('total') };
    const first9MB = new AbortController();
    const held = hold(first, first9MB.signal);
    await until('nine megabytes are held', async () => (await metric(inFlight)) >= 9_000_000);
    // One of the same tenant is over that tenant's share, one of another over that of large bodies.
    const [sameTenant, otherTenant] = [await hold(first), await hold(second)];
    expect(sameTenant).toMatchObject({ status: 429, closed: true });
    expect(sameTenant.head.toLowerCase()).toContain('retry-after:');
    expect(otherTenant).toMatchObject({ status: 503, closed: true });
    const small = await fetch(app.url + path(second.id), {
      method: 'POST',
      headers: {
        ...bearer(second.mcpToken),
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    });
    expect(small.status).toBe(200);
    expect(await refused('payer')).toBe(before.payer + 1);
    expect(await refused('total')).toBe(before.total + 1);
    first9MB.abort();
    await held;
    await until('the room is back', async () => (await metric(inFlight)) === 0);
  });

  async function foreignInstance() {
    const { apiKey } = await callers.tenant();
    return callers.newInstance(apiKey);
  }
});
