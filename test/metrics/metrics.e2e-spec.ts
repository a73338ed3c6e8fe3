import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningEvergrant } from '../../src/startup/start-evergrant.js';
import { freePort, until } from '../../sandbox/index.js';
import { adminApiKey, TestApp, type CreatedInstance } from '../harness/test-app.js';
import { holdTransaction } from '../harness/database/held-transaction.js';
import { startOutage } from '../harness/database/database-outage.js';
import { startOAuthRole } from '../harness/oauth/oauth-service.js';

let app: TestApp;
let oauthService: RunningEvergrant;
let oauthServiceUrl: string;
let instance: CreatedInstance;

beforeAll(async () => {
  const port = await freePort();
  oauthServiceUrl = `http://localhost:${port}`;
  oauthService = await startOAuthRole(port);
  app = await TestApp.start({ OAUTH_SERVICE_URL: oauthServiceUrl });
  instance = await app.connectedInstance({ account: 'alex@sandbox.test' });
  await callTool('get_connection_status');
});
afterAll(async () => {
  await app.stop();
  await oauthService.stop();
});

async function callTool(name: string): Promise<void> {
  const response = await fetch(instance.mcpUrl, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${instance.mcpToken}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } }),
  });
  expect(response.status).toBe(200);
  await response.text();
}

async function scrape(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  return response.text();
}

describe('GET /metrics', () => {
  it('answers without a key, every name under the prefix', async () => {
    for (const url of [app.url, oauthServiceUrl]) {
      const names = [...(await scrape(url)).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
      expect(names).toContain('evergrant_process_cpu_seconds_total');
      expect(names.filter((name) => !name?.startsWith('evergrant_'))).toEqual([]);
    }
  });

  it('counts credentials, tool calls and token requests, and says how the OAuth service is', async () => {
    const text = await scrape(app.url);

    expect(text).toContain('evergrant_credentials{status="completed",verdict="active"} 1');
    expect(text).toContain('evergrant_mcp_tool_calls_total{tool="get_connection_status",outcome="ok"} 1');
    expect(text).toMatch(/evergrant_oauth_exchange_duration_seconds_count\{operation="exchange-code",.+\} 1/);
    expect(text).toContain('\nevergrant_oauth_service_up 1\n');
    expect(text).toContain('evergrant_oauth_service_breaker{state="closed"} 1');
  });

  it('names no tenant, no instance, no account and no secret', async () => {
    const tenants = await app.dataSource.query<{ id: string }[]>('SELECT id FROM tenants');
    const credentials = await app.dataSource.query<{ id: string }[]>('SELECT id FROM mcp_credentials');
    const ids = [...tenants, ...credentials].map(({ id }) => id);
    const text = await scrape(app.url);

    expect(ids.length).toBeGreaterThan(1);
    for (const secret of [...ids, instance.id, instance.mcpToken, 'sandbox.test', adminApiKey, 'canary']) {
      expect(text).not.toContain(secret);
    }
  });

  it('tells how long changes have waited for an older transaction, in whatever database', async () => {
    const lagSeconds = async () =>
      Number(/^evergrant_change_feed_lag_seconds (\S+)$/m.exec(await scrape(app.url))?.[1]);
    const held = await holdTransaction();
    await app.createInstance();
    await app.advance(90);
    expect(await lagSeconds()).toBeGreaterThanOrEqual(90);
    await held.release();
    // Other tests write in the same cluster, for moments.
    await until('no change waits', async () => (await lagSeconds()) === 0);
  });

  it('answers while the database is away', async () => {
    const end = await startOutage(app.environment.DATABASE_URL ?? '');
    const text = await scrape(app.url);
    await end();

    expect(text).not.toContain('evergrant_credentials{');
    expect(text).toContain('\nevergrant_change_feed_lag_seconds Nan\n');
    expect(text).toContain('\nevergrant_oauth_service_up 1\n');
  });
});
