import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { version } from '../../src/config/index.js';
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

  it('counts answers by route and status, those from memory too, and measures how long they took', async () => {
    const path = `/api/instances/${instance.id}/access-token`;
    const route = '/api/instances/:id/access-token';
    for (let n = 0; n < 3; n += 1) expect((await app.api('GET', path)).status).toBe(200);
    expect((await app.api('GET', '/api/instances/unknown')).status).toBe(404);
    expect((await fetch(`${app.url}/no/such/${instance.id}`)).status).toBe(404);

    const count = async (labels: string) =>
      Number((await scrape(app.url)).split(`evergrant_http_requests_total{${labels}} `)[1]?.split('\n')[0]);
    const byRoute = `method="GET",route="${route}"`;
    // The answer may arrive before it is counted.
    await until('all are counted', async () => (await count(`${byRoute},status="200"`)) === 3);
    expect(await count('method="GET",route="/api/instances/:id",status="404"')).toBe(1);
    expect(await count('method="any",route="none",status="404"')).toBe(1);
    expect(await count('method="any",route="/mcp/:instanceId",status="200"')).toBe(1);
    expect(await count('method="any",route="/mcp/:instanceId",status="500"')).toBe(0);
    const text = await scrape(app.url);
    const duration = 'evergrant_http_request_duration_seconds';
    expect(text).toContain(`${duration}_count{${byRoute}} 3\n`);
    expect(text).toContain(`${duration}_bucket{${byRoute},le="+Inf"} 3\n`);
    expect(text).toMatch(new RegExp(`${duration}_sum\\{method="GET",route="${route}"\\} 0\\.\\d`));
  });

  it('names the release that runs, in every role', async () => {
    for (const url of [app.url, oauthServiceUrl])
      expect(await scrape(url)).toContain(`evergrant_build_info{version="${version}"} 1\n`);
  });

  it('begins every counter at zero, whatever its labels, so that its first rise is seen', async () => {
    const fresh = await TestApp.start({}, { beside: app });
    try {
      for (const url of [fresh.url, oauthServiceUrl]) {
        const text = await scrape(url);
        const ours = [...text.matchAll(/^# TYPE (\S+) (?:counter|histogram)$/gm)]
          .map(([, name = '']) => name)
          .filter((name) => !/^evergrant_(nodejs|process)_/.test(name));
        expect(ours.length).toBeGreaterThan(3);
        expect(ours.filter((name) => !new RegExp(`^${name}(_count)?(\\{| )`, 'm').test(text))).toEqual([]);
      }
      const text = await scrape(fresh.url);
      for (const series of [
        'evergrant_reauthentications_total{reason="invalid_grant"}',
        'evergrant_reauthentications_total{reason="other"}',
        'evergrant_refreshes_total{path="direct",outcome="unknown"}',
        'evergrant_token_cache_total{result="miss"}',
        'evergrant_oauth_direct_fallbacks_total{cause="breaker-open"}',
        'evergrant_oauth_unlisted_codes_total{provider="google",code="other"}',
        'evergrant_mcp_tool_calls_total{tool="send_message",outcome="RATE_LIMITED"}',
        'evergrant_mcp_queue_refusals_total{cause="full"}',
        'evergrant_bodies_refused_total{cause="tooLarge"}',
        'evergrant_mail_left_out_total{bound="work"}',
        'evergrant_oauth_exchange_duration_seconds_count{operation="confirm",path="direct",status="rejected"}',
      ])
        expect(text).toContain(`\n${series} 0\n`);
    } finally {
      await fresh.stop();
    }
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
