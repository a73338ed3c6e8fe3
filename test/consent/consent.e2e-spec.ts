import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { passConsent } from '../../sandbox/index.js';
import { refresh } from '../harness/access-tokens.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

interface Started {
  authorizationUrl: string;
  cookie: string;
}

/** Follows a connect link up to Google's door, as one browser does. */
async function startInBrowser(connectUrl: string): Promise<Started> {
  const response = await fetch(connectUrl, { redirect: 'manual' });
  const [cookie = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
  return { authorizationUrl: response.headers.get('location')!, cookie };
}

async function callback(url: string, cookie?: string): Promise<URL> {
  const response = await fetch(url, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });
  expect(response.status).toBe(303);
  return new URL(response.headers.get('location')!);
}

async function storedCredentials(): Promise<number> {
  const [row] = await app.dataSource.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM mcp_credentials',
  );
  return row!.count;
}

/** Asserts that the person was turned away with a code, and that nothing was kept of what they brought. */
async function expectRefused(instanceId: string, work: () => Promise<URL>, error: string): Promise<void> {
  const before = await storedCredentials();
  const end = await work();
  expect(end.searchParams.get('error')).toBe(error);
  expect(end.searchParams.has('connected')).toBe(false);
  expect(await storedCredentials()).toBe(before);
  const { body } = await app.api('GET', `/api/instances/${instanceId}`);
  expect(body).toMatchObject({ oauthStatus: 'pending', email: null, errorCode: 'OAUTH_FLOW_REQUIRED' });
}

describe('a consent', () => {
  it('connects the mailbox and ends on our own page', async () => {
    const { id } = await app.createInstance();
    const end = await app.connect(id);
    expect(end.origin + end.pathname).toBe(`${app.url}/oauth/done`);
    expect(end.searchParams.get('connected')).toBe(id);
    const page = await fetch(end);
    expect(await page.text()).toContain('Mailbox connected');
    const { body } = await app.api('GET', `/api/instances/${id}`);
    expect(body).toMatchObject({
      email: 'demo@sandbox.test',
      oauthStatus: 'completed',
      requiresReauth: false,
      errorCode: null,
    });
    expect(Date.parse(body.tokenExpiresAt as string)).toBeGreaterThan(Date.now());
  });

  it('ends at returnTo, with its own query kept, when that is an allowed origin', async () => {
    const { id } = await app.createInstance();
    const end = await app.connect(id, {}, 'https://app.example.com/settings?tab=mail');
    expect(end.href).toBe(`https://app.example.com/settings?tab=mail&connected=${id}`);
  });

  it.each([
    'https://evil.example.com/',
    'https://app.example.com.evil.com/',
    'javascript:alert(1)',
    '/relative',
    'https://user@app.example.com/',
  ])('refuses the returnTo %s', async (returnTo) => {
    const { id } = await app.createInstance();
    const { status, body } = await app.api('POST', `/api/instances/${id}/start-oauth`, { returnTo });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'returnTo', requiresReauth: false });
  });

  it('asks Google as the design says: offline, PKCE S256, state, no merged scopes', async () => {
    const { id } = await app.createInstance({ loginHint: 'alex@sandbox.test' });
    const { authorizationUrl, cookie } = await startInBrowser(await app.connectUrl(id));
    const query = new URL(authorizationUrl).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: 'code',
      access_type: 'offline',
      include_granted_scopes: 'false',
      code_challenge_method: 'S256',
      login_hint: 'alex@sandbox.test',
      redirect_uri: `${app.url}/oauth/callback`,
      scope: 'openid email https://www.googleapis.com/auth/gmail.readonly',
    });
    expect(query.get('state')).toMatch(/^[\w-]{43}$/);
    expect(query.has('prompt')).toBe(false);
    expect(cookie).not.toContain(query.get('state'));
  });

  it('binds the flow to the browser with a cookie that scripts cannot read', async () => {
    const { id } = await app.createInstance();
    const response = await fetch(await app.connectUrl(id), { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/; Max-Age=600; Path=\/oauth\/callback; HttpOnly; SameSite=Lax$/);
  });

  it('asks once more with prompt=consent when Google brings no refresh token and none is held', async () => {
    await app.google.addAccount({ email: 'repeat@sandbox.test' });
    const choice = { account: 'repeat@sandbox.test' };
    const first = await app.connectedInstance(choice);
    // Google remembers the consent; we lose what it gave.
    await app.dataSource.query('UPDATE mcp_instances SET credential_id = NULL WHERE id = $1', [first.id]);
    await app.dataSource.query("DELETE FROM mcp_credentials WHERE email = 'repeat@sandbox.test'");

    const { authorizationUrl, cookie } = await startInBrowser(await app.connectUrl(first.id));
    const response = await fetch(await passConsent(authorizationUrl, choice), {
      redirect: 'manual',
      headers: { cookie },
    });
    const again = new URL(response.headers.get('location')!);
    expect(again.searchParams.get('prompt')).toBe('consent');

    const end = await app.connect(first.id, choice);
    expect(end.searchParams.get('connected')).toBe(first.id);
  });

  it('keeps the refresh token it holds when a repeated consent brings none', async () => {
    await app.google.addAccount({ email: 'held@sandbox.test' });
    const choice = { account: 'held@sandbox.test' };
    const { id } = await app.connectedInstance(choice);
    const again = await app.connect(id, choice);
    expect(again.searchParams.get('connected')).toBe(id);
    const { status, body } = await refresh(app, id);
    expect(status).toBe(200);
    expect(body).toMatchObject({ source: 'direct', stale: false });
  });

  it('lets two instances on one account share one credential', async () => {
    await app.google.addAccount({ email: 'pooled@sandbox.test' });
    const choice = { account: 'pooled@sandbox.test' };
    await app.connectedInstance(choice);
    await app.connectedInstance(choice);
    const found = await app.dataSource.query<unknown[]>(
      "SELECT id FROM mcp_credentials WHERE email = 'pooled@sandbox.test'",
    );
    expect(found).toHaveLength(1);
  });
});

describe('a consent is refused, and nothing is stored', () => {
  it('when the ticket is used again', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    await startInBrowser(link);
    await expectRefused(
      id,
      async () => new URL((await startInBrowser(link)).authorizationUrl),
      'state_expired',
    );
  });

  it('when the ticket is older than ten minutes', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    await app.advance(601);
    await expectRefused(
      id,
      async () => new URL((await startInBrowser(link)).authorizationUrl),
      'state_expired',
    );
  });

  it('when the ticket is none of ours', async () => {
    const { id } = await app.createInstance();
    const forged = `${app.url}/connect/${'A'.repeat(43)}`;
    await expectRefused(
      id,
      async () => new URL((await startInBrowser(forged)).authorizationUrl),
      'state_expired',
    );
  });

  it('though a HEAD request, as link previews make them, does not spend the ticket', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    expect((await fetch(link, { method: 'HEAD', redirect: 'manual' })).status).toBe(404);
    const { authorizationUrl } = await startInBrowser(link);
    expect(authorizationUrl).toContain('/o/oauth2/v2/auth');
  });

  it('when the state is replayed', async () => {
    await app.google.addAccount({ email: 'replay@sandbox.test' });
    const { id } = await app.createInstance();
    const { authorizationUrl, cookie } = await startInBrowser(await app.connectUrl(id));
    const denied = await passConsent(authorizationUrl, { decision: 'deny' });
    expect((await callback(denied, cookie)).searchParams.get('error')).toBe('access_denied');
    const state = new URL(authorizationUrl).searchParams.get('state')!;
    const replay = `${app.url}/oauth/callback?code=4%2Fanything&state=${state}`;
    await expectRefused(id, () => callback(replay, cookie), 'state_expired');
  });

  it('when the callback comes in another browser', async () => {
    const { id } = await app.createInstance();
    const { authorizationUrl } = await startInBrowser(await app.connectUrl(id));
    const other = await startInBrowser(await app.connectUrl(id));
    const answer = await passConsent(authorizationUrl, { account: 'sam@sandbox.test' });
    await expectRefused(id, () => callback(answer), 'state_expired');
    await expectRefused(id, () => callback(answer, other.cookie), 'state_expired');
    const name = `evergrant_flow_${'x'.repeat(16)}`;
    await expectRefused(
      id,
      () => callback(answer, `${name}=${other.cookie.split('=')[1]!}`),
      'state_expired',
    );
  });

  it('when the state outlived ten minutes', async () => {
    const { id } = await app.createInstance();
    const { authorizationUrl, cookie } = await startInBrowser(await app.connectUrl(id));
    const answer = await passConsent(authorizationUrl, { account: 'sam@sandbox.test' });
    await app.advance(601);
    await expectRefused(id, () => callback(answer, cookie), 'state_expired');
  });

  it('when another issuer answers (RFC 9207)', async () => {
    const { id } = await app.createInstance();
    const { authorizationUrl, cookie } = await startInBrowser(await app.connectUrl(id));
    const answer = new URL(await passConsent(authorizationUrl, { account: 'sam@sandbox.test' }));
    expect(answer.searchParams.get('iss')).toBe('https://accounts.google.com');
    answer.searchParams.set('iss', 'https://accounts.evil.example');
    await expectRefused(id, () => callback(answer.href, cookie), 'state_expired');
  });

  it('when the person denies it', async () => {
    const { id } = await app.createInstance();
    await expectRefused(id, () => app.connect(id, { decision: 'deny' }), 'access_denied');
  });

  it('when the person unticks the mailbox permission', async () => {
    const { id } = await app.createInstance();
    const withoutScopes = ['https://www.googleapis.com/auth/gmail.readonly'];
    await expectRefused(
      id,
      () => app.connect(id, { account: 'sam@sandbox.test', withoutScopes }),
      'scope_missing',
    );
  });

  it.each([
    ['the token endpoint answers 503', { target: 'token', fault: { kind: 'error', status: 503, body: {} } }],
    [
      'the token endpoint answers HTML',
      { target: 'token', fault: { kind: 'html', status: 403, body: '<html>' } },
    ],
    ['the token endpoint cuts the connection', { target: 'token', fault: { kind: 'reset' } }],
    ['userinfo answers 500', { target: 'userinfo', fault: { kind: 'error', status: 500, body: {} } }],
  ] as const)('for now, when %s', async (_case, fault) => {
    const { id } = await app.createInstance();
    await app.google.addFault(fault);
    await expectRefused(id, () => app.connect(id, { account: 'sam@sandbox.test' }), 'provider_unavailable');
  });

  it('when a reconnect brings another account, and the first one stays connected', async () => {
    const { id } = await app.connectedInstance({ account: 'demo@sandbox.test' });
    const before = await storedCredentials();
    const end = await app.connect(id, { account: 'alex@sandbox.test' });
    expect(end.searchParams.get('error')).toBe('account_mismatch');
    expect(await storedCredentials()).toBe(before);
    const { body } = await app.api('GET', `/api/instances/${id}`);
    expect(body).toMatchObject({
      email: 'demo@sandbox.test',
      oauthStatus: 'completed',
      requiresReauth: false,
    });
  });
});
