import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { passConsent, pressConnectButton, type FaultRuleInput } from '../../sandbox/index.js';
import { refresh } from '../harness/access-tokens.js';
import { adminApiKey, TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());

/** Everything a run shows to anyone who is not the one the secret was made for. */
const captured: { where: string; text: string }[] = [];
function capture(where: string, text: unknown) {
  return captured.push({ where, text: typeof text === 'string' ? text : JSON.stringify(text) });
}

/** Secrets by what they are, as they come up. */
const secrets = new Map<string, string>();
function plant(what: string, secret: string) {
  expect(secret.length).toBeGreaterThan(10);
  secrets.set(what, secret);
}

it('shows no secret in any log line, error, URL or history row of a whole run', async () => {
  plant('operator key', adminApiKey);
  plant('deployment client secret', app.environment.GOOGLE_CLIENT_SECRET!);
  plant('OAuth service token', app.environment.OAUTH_SERVICE_TOKEN!);
  plant('master key', app.environment.ENCRYPTION_KEYS![0]!.key.toString('base64'));
  plant('brought client secret', 'canary-brought-client-secret');
  plant('adopted refresh token', '1//canary-adopted-refresh-token');

  const created = await app.api<{ id: string; mcpUrl: string; mcpToken: string }>('POST', '/api/instances', {
    name: 'Canary',
    clientId: '400000000004-canary.apps.sandbox.test',
    clientSecret: 'canary-brought-client-secret',
  });
  plant('first MCP token', created.body.mcpToken);
  const instance = await app.createInstance();
  plant('MCP token', instance.mcpToken);

  const tenant = await app.api<{ id: string; apiKey: string }>('POST', '/api/tenants', { name: 'Canary' });
  plant('API key', tenant.body.apiKey);
  const login = await app.api('POST', '/api/session', { apiKey: tenant.body.apiKey });
  const sessionCookie = login.headers.getSetCookie()[0]!.split(';')[0]!;
  plant('console session', sessionCookie.split('=')[1]!);
  capture('session', login.body);
  const asBrowser = { headers: { cookie: sessionCookie } };
  capture('session again', await (await fetch(`${app.url}/api/session`, asBrowser)).text());
  const wrongLogin = { apiKey: `${tenant.body.apiKey}x` };
  capture('wrong login', (await app.api('POST', '/api/session', wrongLogin)).body);
  capture('API keys', (await app.api('GET', `/api/tenants/${tenant.body.id}/api-keys`)).body);
  const added = await app.api<{ mcpToken: string }>('POST', `/api/instances/${instance.id}/mcp-tokens`);
  plant('added MCP token', added.body.mcpToken);
  capture('MCP tokens', (await app.api('GET', `/api/instances/${instance.id}/mcp-tokens`)).body);

  // The consent, looked at step by step, since its URLs travel through other people's logs.
  const link = await app.connectUrl(instance.id);
  plant('ticket', link.split('/').at(-1)!);
  capture('connect page of another browser', await (await fetch(link)).text());
  const { location, cookie } = await pressConnectButton(link);
  plant('flow cookie', cookie!.split('=')[1]!);
  const authorization = new URL(location);
  const answer = new URL(await passConsent(authorization.href));
  plant('authorization code', answer.searchParams.get('code')!);
  const ended = await fetch(answer, { redirect: 'manual', headers: { cookie: cookie! } });
  const end = ended.headers.get('location')!;
  capture('end of the consent', end);
  capture('page at the end', await (await fetch(end, { headers: { cookie: cookie! } })).text());
  capture('authorization URL', authorization.href);

  const token = await app.api<{ accessToken: string }>('GET', `/api/instances/${instance.id}/access-token`);
  plant('first access token', token.body.accessToken);
  capture('refresh', (await refresh(app, instance.id)).body);
  const second = await app.api<{ accessToken: string }>('GET', `/api/instances/${instance.id}/access-token`);
  plant('second access token', second.body.accessToken);

  capture('instance', (await app.api('GET', `/api/instances/${instance.id}`)).body);
  capture('list', (await app.api('GET', '/api/instances')).body);
  capture('MCP', await callTools(instance));
  await failInEveryWay(instance);

  for (const table of [
    'credential_events',
    'mcp_instances',
    'oauth_flows',
    'mcp_credentials',
    'mcp_tokens',
    'oauth_clients',
    'data_keys',
    'api_keys',
    'console_sessions',
    'rate_limit_windows',
    'rate_limit_slices',
  ]) {
    capture(`table ${table}`, await app.dataSource.query(`SELECT * FROM ${table}`));
  }
  capture('log', app.log.join(''));

  expect(app.log.length).toBeGreaterThan(10);
  expect(captured.length).toBeGreaterThan(20);
  for (const [what, secret] of secrets) {
    for (const { where, text } of captured) {
      expect([what, where, text.includes(secret) || text.includes(encodeURIComponent(secret))]).toEqual([
        what,
        where,
        false,
      ]);
    }
  }
});

async function callTools(instance: { mcpUrl: string; mcpToken: string }): Promise<unknown[]> {
  const client = new Client({ name: 'canary', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(instance.mcpUrl), {
      requestInit: { headers: { authorization: `Bearer ${instance.mcpToken}` } },
    }),
  );
  const results = [
    await client.callTool({ name: 'search_messages', arguments: {} }),
    await client.callTool({ name: 'get_connection_status', arguments: {} }),
    await client.callTool({ name: 'get_message', arguments: { messageId: 'unknown' } }),
    await client.callTool({ name: 'search_messages', arguments: { maxResults: 'x' } }),
  ];
  await client.close();
  return results;
}

/** Errors tempt people to print what they were given. */
async function failInEveryWay({
  id,
  mcpUrl,
  mcpToken,
}: {
  id: string;
  mcpUrl: string;
  mcpToken: string;
}): Promise<void> {
  const fault = (kind: FaultRuleInput['fault']) => app.google.addFault({ target: 'token', fault: kind });
  const adopt = {
    refreshToken: '1//canary-adopted-refresh-token',
    clientId: '400000000004-canary.apps.sandbox.test',
    clientSecret: 'canary-brought-client-secret',
  };
  capture('adoption', (await app.api('PUT', `/api/instances/${id}/credentials`, adopt)).body);
  const echo = { error: 'invalid_grant', error_description: [...secrets.values()].join(' ') };
  const kinds: FaultRuleInput['fault'][] = [
    { kind: 'error', status: 400, body: echo },
    { kind: 'error', status: 500, body: echo },
    { kind: 'html', status: 403, body: JSON.stringify(echo) },
    { kind: 'non-json', body: JSON.stringify(echo).slice(0, -1) },
    { kind: 'reset' },
  ];
  for (const kind of kinds) {
    await fault(kind);
    const refreshed = await refresh(app, id);
    capture(`refresh against ${kind.kind}`, refreshed.body);
    await app.google.clearFaults();
  }
  await app.advance(3600);
  await fault({ kind: 'error', status: 400, body: echo });
  capture('access token', (await app.api('GET', `/api/instances/${id}/access-token`)).body);
  await app.google.clearFaults();

  for (const [what, body] of [
    ['unknown field', { name: 'x', [mcpToken]: 1 }],
    ['wrong type', { name: { secret: mcpToken } }],
    ['broken JSON', `{"refreshToken": "1//canary-adopted-refresh-token`],
    ['wrong scope', { name: 'x', scopes: ['canary-brought-client-secret'] }],
  ] as const) {
    if (what !== 'unknown field') capture(what, (await app.api('POST', '/api/instances', body)).body);
  }
  capture(
    'foreign token',
    await (
      await fetch(mcpUrl, { method: 'POST', headers: { authorization: `Bearer ${adminApiKey}` } })
    ).text(),
  );
  capture('unknown route', await (await fetch(`${app.url}/connect/x/${mcpToken.slice(0, 5)}`)).text());
  const reused = await fetch(`${app.url}/oauth/callback?code=canary-code-123456&state=canary-state-1234`, {
    redirect: 'manual',
  });
  capture('callback without a flow', reused.headers.get('location')!);
}
