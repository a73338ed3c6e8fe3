import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bearer, Callers } from '../harness/callers.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';

const limit = 40;

let app: TestApp;
let callers: Callers;
beforeAll(async () => {
  app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: String(limit) });
  callers = new Callers(app);
});
afterAll(() => app.stop());

function send({ id, mcpToken }: CreatedInstance, body: unknown): Promise<Response> {
  return fetch(`${app.url}/mcp/${id}`, {
    method: 'POST',
    headers: {
      ...bearer(mcpToken),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify(body),
  });
}

function call(id: number) {
  return {
    jsonrpc: '2.0',
    id,
    method: 'tools/call',
    params: { name: 'get_connection_status', arguments: {} },
  };
}

/** How many calls of what was sent are answered as beyond the limit. */
async function beyondLimit(instance: CreatedInstance, body: unknown): Promise<number> {
  const answer = await (await send(instance, body)).text();
  return [...answer.matchAll(/errorCode\\":\\"RATE_LIMITED/g)].length;
}

describe('a JSON-RPC batch', () => {
  it('of twenty calls counts as twenty', async () => {
    const instance = await app.createInstance();
    const batch = Array.from({ length: 20 }, (_, n) => call(n));
    for (let n = 0; n < 2; n += 1) expect(await beyondLimit(instance, batch)).toBe(0);
    expect(await beyondLimit(instance, call(1))).toBe(1);
  });

  it('that is more than is left is not carried out', async () => {
    const instance = await app.createInstance();
    for (let n = 0; n < limit - 19; n += 1) expect(await beyondLimit(instance, call(n))).toBe(0);
    const batch = Array.from({ length: 20 }, (_, n) => call(n));
    expect(await beyondLimit(instance, batch)).toBe(20);
  });
});

describe('wrong keys behind one address', () => {
  const wrong = (n: number) => `eg_${String(n).padStart(43, 'A')}`;
  const login = (apiKey: string, n: number) =>
    callers.call('POST', '/api/session', { 'x-forwarded-for': `203.0.113.${n}` }, { apiKey });

  it('are refused more curtly after a while, whatever address a header claims', async () => {
    const statuses = [];
    for (let n = 0; n < 25; n += 1) statuses.push((await login(wrong(n), n)).status);
    expect(statuses).toEqual([
      ...Array.from({ length: 20 }, () => 401),
      ...Array.from({ length: 5 }, () => 429),
    ]);
  });

  it('do not lock out a right one', async () => {
    const { apiKey } = await callers.tenant();
    for (let n = 0; n < 25; n += 1) await login(wrong(n), n);
    expect((await login(apiKey, 1)).status).toBe(201);
    for (let n = 0; n < 30; n += 1) await callers.asKey(wrong(n), 'GET', '/api/instances');
    expect((await callers.asKey(apiKey, 'GET', '/api/instances')).status).toBe(200);
  });
});
