import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { passConsent, pressConnectButton } from '../../sandbox/index.js';
import { refresh } from '../harness/access-tokens.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

async function callback(url: string, cookie?: string): Promise<URL> {
  const response = await fetch(url, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });
  expect(response.status).toBe(303);
  return new URL(response.headers.get('location')!);
}

/** Where a link leads that begins nothing any more. */
async function opened(link: string): Promise<URL> {
  const { location, cookie } = await pressConnectButton(link);
  expect(cookie).toBeNull();
  return new URL(location);
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
    'blob:https://app.example.com/2a8f0f3c-5c8e-4d52-9c3e-0f3d2a1b4c5d',
  ])('refuses the returnTo %s', async (returnTo) => {
    const { id } = await app.createInstance();
    const { status, body } = await app.api('POST', `/api/instances/${id}/start-oauth`, { returnTo });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'returnTo', requiresReauth: false });
  });

  it.each(['connect/ticket', 'oauth/callback', '/connect/ticket', '%63onnect/ticket'])(
    'does not lead into another consent: %s',
    async (path) => {
      const { id } = await app.createInstance();
      const { status, body } = await app.api('POST', `/api/instances/${id}/start-oauth`, {
        returnTo: `${app.url}/${path}`,
      });
      expect([status, body.field]).toEqual([400, 'returnTo']);
    },
  );

  it('asks Google as the design says: offline, PKCE S256, state, no merged scopes', async () => {
    const { id } = await app.createInstance({ loginHint: 'alex@sandbox.test' });
    const { location, cookie } = await app.begin(id);
    const query = new URL(location).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      response_type: 'code',
      access_type: 'offline',
      include_granted_scopes: 'false',
      code_challenge_method: 'S256',
      login_hint: 'alex@sandbox.test',
      redirect_uri: `${app.url}/oauth/callback`,
      scope: 'openid email https://www.googleapis.com/auth/gmail.readonly',
    });
    expect(query.get('state')).toMatch(/^[\w-]{59}$/);
    expect(query.has('prompt')).toBe(false);
    expect(cookie).not.toContain(query.get('state'));
  });

  it('lets the person choose an account when none is known', async () => {
    const { id } = await app.createInstance();
    const { location } = await app.begin(id);
    expect(new URL(location).searchParams.get('prompt')).toBe('select_account');
  });

  it('asks once more with prompt=consent when Google brings no refresh token and none is held', async () => {
    await app.google.addAccount({ email: 'repeat@sandbox.test' });
    const choice = { account: 'repeat@sandbox.test' };
    const first = await app.connectedInstance(choice);
    // Google remembers the consent; we lose what it gave.
    await app.dataSource.query('UPDATE mcp_instances SET credential_id = NULL WHERE id = $1', [first.id]);
    await app.dataSource.query("DELETE FROM mcp_credentials WHERE email = 'repeat@sandbox.test'");

    const { location, cookie } = await app.begin(first.id);
    const response = await fetch(await passConsent(location, choice), {
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
  it('when the ticket is used again, in another browser', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    await pressConnectButton(link);
    await expectRefused(id, () => opened(link), 'state_expired');
  });

  it('when the ticket is older than ten minutes', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    await app.advance(601);
    await expectRefused(id, () => opened(link), 'state_expired');
  });

  it('when the ticket is none of ours', async () => {
    const { id } = await app.createInstance();
    const forged = `${app.url}/connect/${'A'.repeat(43)}`;
    await expectRefused(id, () => opened(forged), 'state_expired');
  });

  it('when the state is replayed with a code: the first answer stands', async () => {
    const { id } = await app.createInstance();
    const { location, cookie } = await app.begin(id);
    const denied = await passConsent(location, { decision: 'deny' });
    expect((await callback(denied, cookie)).searchParams.get('error')).toBe('access_denied');
    const allowed = await passConsent(location, { account: 'sam@sandbox.test' });
    await expectRefused(id, () => callback(allowed, cookie), 'access_denied');
  });

  it('when the callback comes in another browser', async () => {
    const { id } = await app.createInstance();
    const { location, cookie } = await app.begin(id);
    const other = await app.begin(id);
    const answer = await passConsent(location, { account: 'sam@sandbox.test' });
    await expectRefused(id, () => callback(answer), 'state_expired');
    await expectRefused(id, () => callback(answer, other.cookie), 'state_expired');
    const [name] = cookie.split('=');
    await expectRefused(
      id,
      () => callback(answer, `${name}=${other.cookie.split('=')[1]!}`),
      'state_expired',
    );
  });

  it('when the state outlived ten minutes', async () => {
    const { id } = await app.createInstance();
    const { location, cookie } = await app.begin(id);
    const answer = await passConsent(location, { account: 'sam@sandbox.test' });
    await app.advance(601);
    await expectRefused(id, () => callback(answer, cookie), 'state_expired');
  });

  it('when another issuer answers (RFC 9207)', async () => {
    const { id } = await app.createInstance();
    const { location, cookie } = await app.begin(id);
    const answer = new URL(await passConsent(location, { account: 'sam@sandbox.test' }));
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
  ] as const)('for now, when %s again and again', async (_case, fault) => {
    const { id } = await app.createInstance();
    await app.google.addFault(fault);
    await expectRefused(id, () => app.connect(id, { account: 'sam@sandbox.test' }), 'provider_unavailable');
  });

  it('for now, when Google tells nowhere whose account it is', async () => {
    const { id } = await app.createInstance();
    await app.google.addFault({ target: 'token', fault: { kind: 'patch', remove: ['id_token'] } });
    await app.google.addFault({ target: 'userinfo', fault: { kind: 'error', status: 500, body: {} } });
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
