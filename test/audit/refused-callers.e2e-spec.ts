import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { eventsIn, eventsOf } from '../harness/audit-events.js';
import { bearer, Callers } from '../harness/callers.js';
import { captureLog } from '../harness/captured-log.js';
import { startService } from '../harness/oauth/oauth-service.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
let callers: Callers;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
});
afterAll(() => app.stop());

const warn = 40;
const wrong = 'eg_canary-of-a-wrong-key-0123456789abcdefghijk';
const unknownInstance = '4b6ac5b4-7f53-4f6a-9c0c-64a6a3a1f009';

/** How often callers were refused who presented this, as the metrics say. */
async function counted(url: string, presented: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const [, count] =
    new RegExp(`evergrant_refused_callers_total\\{presented="${presented}"\\} (\\d+)`).exec(text) ?? [];
  return Number(count);
}

function refusal(presented: string, route: string) {
  const from = { requestId: expect.any(String), address: expect.any(String), route };
  return expect.objectContaining({
    event: 'caller.refused',
    level: warn,
    presented,
    reason: 'unknown',
    ...from,
  });
}

describe('a refused caller', () => {
  beforeEach(() => app.advance(60));

  it.each<[string, string, () => Promise<unknown>]>([
    ['login', 'POST /api/session', () => callers.call('POST', '/api/session', {}, { apiKey: wrong })],
    ['api-key', 'GET /api/instances/:id', () => callers.asKey(wrong, 'GET', '/api/instances/x')],
    [
      'session',
      'GET /api/instances',
      () => callers.call('GET', '/api/instances', { cookie: `evergrant_session=${wrong}` }),
    ],
    [
      'mcp-token',
      'POST /mcp/:instanceId',
      () =>
        callers.asKey(wrong, 'POST', `/mcp/${unknownInstance}`, { jsonrpc: '2.0', id: 1, method: 'ping' }),
    ],
  ])(
    'who presented a wrong %s is recorded and counted, with address and route',
    async (presented, route, call) => {
      const before = await counted(app.url, presented);
      const start = app.log.length;
      expect(before).toBeGreaterThanOrEqual(0);
      expect(await eventsOf(app, call)).toEqual([refusal(presented, route)]);
      expect(await counted(app.url, presented)).toBe(before + 1);
      expect(app.log.slice(start).join('')).not.toContain('canary');
    },
  );

  it('who logs in from a page of another origin, or too often, is recorded with the reason', async () => {
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const events = await eventsOf(app, async () => {
      await callers.call('POST', '/api/session', foreign, { apiKey: wrong });
      for (let n = 0; n < 21; n += 1) await callers.call('POST', '/api/session', {}, { apiKey: wrong });
    });
    const reasons = events.map(({ presented, reason }) => `${String(presented)} ${String(reason)}`);
    expect(reasons).toEqual([
      'login foreign_origin',
      ...Array.from({ length: 20 }, () => 'login unknown'),
      'login too_many_attempts',
    ]);
  });

  it('who presents nothing is none', async () => {
    const events = await eventsOf(app, async () => {
      await callers.call('GET', '/api/instances', {});
      await callers.call('POST', `/mcp/${unknownInstance}`, {});
    });
    expect(events).toEqual([]);
  });
});

describe('a flood of wrong keys', () => {
  it('leaves sixty events a minute, a count of the others, and no more lines than that by much', async () => {
    await app.advance(60);
    const start = app.log.length;
    const before = await counted(app.url, 'api-key');
    const events = await eventsOf(app, async () => {
      for (let n = 0; n < 700; n += 1) await callers.asKey(wrong, 'GET', '/api/instances');
    });
    expect(events).toHaveLength(60);
    expect(await counted(app.url, 'api-key')).toBe(before + 700);
    // One line of an error is left out after 600, so a flood has an end.
    expect(app.log.length - start).toBeLessThan(700);
    await app.advance(60);
    expect(await eventsOf(app, () => callers.asKey(wrong, 'GET', '/api/instances'))).toEqual([
      expect.objectContaining({
        event: 'caller.refusals_omitted',
        level: warn,
        presented: 'api-key',
        count: 640,
      }),
      refusal('api-key', 'GET /api/instances'),
    ]);
  });
});

describe('the OAuth service', () => {
  let service: NestFastifyApplication;
  const { logger, lines } = captureLog('info');
  beforeAll(async () => void (service = await startService(app.environment, logger)));
  afterAll(() => service.close());

  it('records and counts callers with a wrong token', async () => {
    const url = await service.getUrl();
    expect(await counted(url, 'oauth-service-token')).toBe(0);
    const headers = bearer('canary-of-a-wrong-service-token');
    expect((await fetch(`${url}/token/refresh/attempt`, { headers })).status).toBe(401);
    expect((await fetch(`${url}/token/refresh/attempt`)).status).toBe(401);
    expect(eventsIn(lines)).toEqual([refusal('oauth-service-token', 'GET /token/refresh/:attemptId')]);
    expect(await counted(url, 'oauth-service-token')).toBe(1);
    expect(lines.join('')).not.toContain('canary');
  });
});
