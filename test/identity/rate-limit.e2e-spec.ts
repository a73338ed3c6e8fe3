import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RateLimitWindows } from '../../src/database/index.js';
import { Clock } from '../../src/resilience/index.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';
import { bearer, Callers } from '../harness/callers.js';

const limit = 40;
const forcedLimit = 5;

let first: TestApp;
let second: TestApp;
let callers: Callers;
beforeAll(async () => {
  const variables = {
    RATE_LIMIT_PER_MINUTE: String(limit),
    FORCED_REFRESH_LIMIT_PER_MINUTE: String(forcedLimit),
  };
  first = await TestApp.start(variables);
  second = await TestApp.start(variables, { beside: first });
  callers = new Callers(first);
});
afterAll(async () => {
  await second.stop();
  await first.stop();
});

/** As many answers at once, asked of both replicas in turn. */
function answers(count: number, ask: (url: string) => Promise<Response>): Promise<Response[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => ask((n % 2 === 0 ? first : second).url)));
}

function statuses(given: Response[]) {
  const count = (status: number) => given.filter((each) => each.status === status).length;
  return { served: count(200), limited: count(429), all: given.length };
}

async function expectLimited(response: Response, instanceId: string | null = null): Promise<void> {
  expect(response.status).toBe(429);
  const retryAfter = Number(response.headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(60);
  expect(await response.json()).toEqual({
    error: 'Too many requests - try again later',
    instanceId,
    errorCode: 'RATE_LIMITED',
    requiresReauth: false,
    retryAfterSeconds: retryAfter,
  });
}

describe('two replicas', () => {
  it('let one key call as often as the limit says, not once more, until its minute is over', async () => {
    const { id, apiKey } = await callers.tenant();
    const list = (url: string, key = apiKey) => fetch(`${url}/api/instances`, { headers: bearer(key) });
    expect(statuses(await answers(limit + 20, list))).toEqual({
      served: limit,
      limited: 20,
      all: limit + 20,
    });
    for (const { url } of [first, second]) await expectLimited(await list(url));

    const other = await callers.key(id);
    expect((await list(second.url, other.apiKey)).status).toBe(200);
    await first.advance(61);
    expect(statuses(await answers(limit + 2, list))).toEqual({ served: limit, limited: 2, all: limit + 2 });
  });

  it('count a console session on the key it was opened with', async () => {
    const { apiKey } = await callers.tenant();
    const cookie = await callers.login(apiKey);
    const headers = [{ cookie }, bearer(apiKey)];
    let turn = 0;
    const given = await answers(limit, (url) =>
      fetch(`${url}/api/session`, { headers: headers[++turn % 2]! }),
    );
    expect(statuses(given)).toEqual({ served: limit - 1, limited: 1, all: limit });
  });

  it('answer an MCP token beyond its limit by HTTP 429, and no other token of the instance', async () => {
    const { apiKey } = await callers.tenant();
    const { id, mcpToken } = await callers.newInstance(apiKey);
    const ping = (url: string, token = mcpToken) =>
      fetch(`${url}/mcp/${id}`, {
        method: 'POST',
        headers: {
          ...bearer(token),
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
      });
    expect(statuses(await answers(limit + 3, ping))).toEqual({ served: limit, limited: 3, all: limit + 3 });
    await expectLimited(await ping(second.url));
    const { body } = await callers.asKey(apiKey, 'POST', `/api/instances/${id}/mcp-tokens`, {});
    expect((await ping(second.url, body.mcpToken as string)).status).toBe(200);
  });

  it('force no more refreshes of one credential than the limit says, though they ask at once', async () => {
    await first.advance(61);
    await first.google.addAccount({ email: 'forced@sandbox.test' });
    const { id } = await first.connectedInstance({ account: 'forced@sandbox.test' });
    const refresh = (url: string) =>
      fetch(`${url}/api/instances/${id}/refresh`, { method: 'POST', headers: bearer(adminApiKey) });
    const given = await answers(16, refresh);
    expect(statuses(given)).toEqual({ served: forcedLimit, limited: 16 - forcedLimit, all: 16 });
    await expectLimited(await refresh(second.url), id);
    const { tokenRequests } = await first.google.ledger();
    const asked = tokenRequests.filter(
      ({ grantType, account }) => grantType === 'refresh_token' && account === 'forced@sandbox.test',
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThanOrEqual(forcedLimit);
    await first.advance(61);
    expect((await refresh(first.url)).status).toBe(200);
  });

  it('grant what the limit holds and no more, though portions do not divide it', async () => {
    const replicas = [first, second].map((app) => new RateLimitWindows(app.dataSource, new Clock()));
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, n) => replicas[n % 2]!.take('portions', 20, 7)),
    );
    expect(taken.map(({ granted }) => granted).sort((a, b) => b - a)).toEqual([7, 7, 6, 0, 0, 0, 0, 0, 0, 0]);
    for (const { endsInMs } of taken) expect(endsInMs).toBeGreaterThan(50_000);
  });

  it('forget the windows that are over', async () => {
    const { apiKey } = await callers.tenant();
    const list = () => fetch(`${first.url}/api/instances`, { headers: bearer(apiKey) });
    await list();
    const over = async () =>
      first.dataSource.query<object[]>(
        "SELECT subject FROM rate_limit_windows WHERE starts_at < evergrant_now() - interval '1 minute'",
      );
    await first.advance(61);
    expect(await over()).not.toEqual([]);
    await list();
    let left = await over();
    while (left.length > 0) left = await over();
    expect((await list()).status).toBe(200);
  });
});
