import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from '../harness/test-app.js';
import { Attempt, letIn, newBrowser, register, signInVariables, token } from './scripted-client.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start(signInVariables)));
afterAll(() => app.stop());

const instanceId = '7f0c3a1e-1f5f-4c39-9a06-0a5b2a4d3c11';

describe('registration', () => {
  it('takes Cursor’s three redirect URIs, its own scheme among them', async () => {
    const redirect_uris = [
      'cursor://anysphere.cursor-mcp/oauth/callback',
      'https://www.cursor.com/agents/mcp/oauth/callback',
      'http://localhost:8787/callback',
    ];
    const { status, body } = await register(app, { client_name: 'Cursor', redirect_uris });
    expect(status).toBe(201);
    expect(body).toMatchObject({ redirect_uris, token_endpoint_auth_method: 'none' });
    expect(body).not.toHaveProperty('client_secret');
  });

  it('takes Claude Code’s loopback without a port, and lets it in at whichever it listens', async () => {
    const redirect_uris = ['http://localhost/callback', 'http://127.0.0.1/callback'];
    const { body } = await register(app, { client_name: 'Claude Code', redirect_uris });
    const redirect_uri = 'http://localhost:54321/callback';
    const attempt = new Attempt(app, String(body.client_id), { redirect_uri });
    const { code, end } = await letIn(attempt);
    expect(end.host).toBe('localhost:54321');
    expect(await attempt.redeem(code)).toMatchObject({ status: 200 });
  });

  it('ignores the scope that mcp-remote sends', async () => {
    const { status, body } = await register(app, {
      client_name: 'MCP CLI Proxy',
      scope: 'openid email profile',
      redirect_uris: ['http://localhost:3334/oauth/callback'],
    });
    expect([status, 'scope' in body]).toEqual([201, false]);
  });

  it('leaves a bad redirect URI out and keeps the others', async () => {
    const redirect_uris = ['https://app.example/cb', 'javascript:alert(1)', 'http://evil.example/cb'];
    const { status, body } = await register(app, { redirect_uris });
    expect([status, body.redirect_uris]).toEqual([201, ['https://app.example/cb']]);
  });

  it('says so where no redirect URI can be used', async () => {
    const answer = await register(app, { redirect_uris: ['http://evil.example/cb'] });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
  });

  it('gives a secret to Copilot, which posts it, and takes none without', async () => {
    const { body } = await register(app, { token_endpoint_auth_method: 'client_secret_post' });
    const attempt = new Attempt(app, String(body.client_id));
    const { code } = await letIn(attempt);
    const unproven = await attempt.redeem(code);
    expect(unproven).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    const proven = await attempt.redeem(code, { client_secret: String(body.client_secret) });
    expect(proven).toMatchObject({ status: 200 });
  });

  it('is limited for each address, and says when to come again', async () => {
    const limited = await TestApp.start(signInVariables);
    try {
      const answers = await Promise.all(Array.from({ length: 61 }, () => register(limited)));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(1);
      expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await limited.stop();
    }
  });

  it.each([
    ['is no JSON', '{"redirect_uris": [', 400],
    ['is empty', '', 400],
    ['is longer than any client', `"${'x'.repeat(2_000_000)}"`, 413],
  ])('answers a body that %s in its own words (RFC 7591)', async (_what, body, status) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${app.url}/register`, { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toEqual([
      status,
      { error: 'invalid_client_metadata', error_description: expect.any(String) },
    ]);
  });
});

describe('an unknown client', () => {
  it.each([['gone'], ['\0'], ['x'.repeat(5_000)]])(
    'is told so at the token endpoint by 401, so that it registers anew (%#)',
    async (clientId) => {
      const answer = await token(app.url, {
        grant_type: 'refresh_token',
        refresh_token: 'x',
        client_id: clientId,
      });
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    },
  );

  it('is told so in JSON, whatever it says it accepts', async () => {
    const form = { grant_type: 'refresh_token', refresh_token: 'x', client_id: 'gone' };
    const answer = await token(app.url, form, { accept: 'text/html' });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});

describe('metadata', () => {
  it.each([
    '/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/mcp',
    `/.well-known/oauth-authorization-server/mcp/${instanceId}`,
    '/.well-known/openid-configuration',
    '/.well-known/openid-configuration/mcp',
    `/.well-known/openid-configuration/mcp/${instanceId}`,
  ])('of the authorization server is at %s, and names what answers', async (path) => {
    const answer = await fetch(app.url + path);
    const found = (await answer.json()) as Record<string, unknown>;
    expect(found).toMatchObject({
      issuer: app.environment.publicUrl,
      scopes_supported: ['gmail:read', 'gmail:write', 'gmail:send', 'gmail:settings'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
    });
    expect((await fetch(String(found.jwks_uri))).status).toBe(200);
    for (const name of ['token_endpoint', 'registration_endpoint', 'revocation_endpoint'])
      expect((await fetch(String(found[name]), { method: 'POST' })).status).toBeLessThan(404);
    expect((await fetch(String(found.authorization_endpoint))).status).toBe(400);
  });

  it.each([
    ['', '/mcp'],
    ['/mcp', '/mcp'],
    [`/mcp/${instanceId}`, `/mcp/${instanceId}`],
  ])('of the resource at %j is about %s, letter by letter', async (path, resource) => {
    const answer = await fetch(`${app.url}/.well-known/oauth-protected-resource${path}`);
    expect(await answer.json()).toMatchObject({
      resource: app.environment.publicUrl + resource,
      authorization_servers: [app.environment.publicUrl],
      scopes_supported: ['gmail:read', 'gmail:write', 'gmail:send', 'gmail:settings'],
    });
  });

  it.each([
    '/.well-known/oauth-protected-resource/api',
    '/.well-known/oauth-protected-resource/mcp/x',
    '/.well-known/oauth-authorization-server/other',
    '/.well-known/webfinger',
    '/mcp/.well-known/openid-configuration/x',
    '/userinfo',
    '/session/end',
    '/device',
  ])('is not at %s, which is a 404 in JSON', async (path) => {
    const answer = await fetch(app.url + path, { headers: { accept: 'text/html' } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'application/json; charset=utf-8',
    ]);
  });

  it('publishes no private part of a key', async () => {
    const { keys } = (await (await fetch(`${app.url}/jwks`)).json()) as { keys: Record<string, unknown>[] };
    expect(keys).toHaveLength(1);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });
});

describe('pages of other origins', () => {
  const calls = [
    ['GET', '/.well-known/oauth-protected-resource/mcp'],
    ['GET', '/.well-known/oauth-authorization-server'],
    ['GET', '/jwks'],
    ['POST', '/register'],
    ['POST', '/token'],
    ['POST', '/revoke'],
  ] as const;
  const named = ['https://claude.ai', 'https://claude.com', 'https://app.example.com'];

  it.each(named.flatMap((origin) => calls.map((call) => [origin, ...call] as const)))(
    '%s may %s %s',
    async (origin, method, path) => {
      const preflight = await fetch(app.url + path, {
        method: 'OPTIONS',
        headers: {
          ...{ origin, 'access-control-request-method': method },
          'access-control-request-headers': 'content-type,mcp-protocol-version',
        },
      });
      expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
      const answer = await fetch(app.url + path, { method, headers: { origin } });
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    },
  );

  it.each(calls)('none else may %s %s', async (method, path) => {
    const answer = await fetch(app.url + path, { method, headers: { origin: 'https://evil.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('Claude’s among them see no page of a consent', async () => {
    const answer = await fetch(`${app.url}/authorize`, { headers: { origin: 'https://claude.ai' } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a request for authorization', () => {
  it('without a scope asks for all, and one with unknown ones for those that are known', async () => {
    const { body } = await register(app);
    const page = await newBrowser(app).open(
      new Attempt(app, String(body.client_id), { scope: 'profile gmail:settings', prompt: 'select_account' })
        .url,
    );
    expect(page.text).toContain('change your mail settings');
    expect(page.text).not.toContain('Read all of your mail');
  });

  it('that wants no page is answered that one is needed', async () => {
    const { body } = await register(app);
    const { url } = await newBrowser(app).open(
      new Attempt(app, String(body.client_id), { prompt: 'none' }).url,
    );
    expect(url.searchParams.get('error')).toBe('consent_required');
  });
});
