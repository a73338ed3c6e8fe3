import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../src/gmail/index.js';
import { Callers } from '../harness/callers.js';
import { newMailbox } from '../harness/mailboxes.js';
import { TestApp, sandboxClientId } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0' })));
afterAll(() => app.stop());
beforeEach(() => app.dataSource.query("DELETE FROM rate_limit_windows WHERE subject = 'setup-checks'"));
afterEach(async () => {
  await app.google.clearFaults();
  await app.google.configure({ refreshTokenLifetimeSeconds: null });
});

type Pair = Record<'clientId' | 'clientSecret', string>;

let clients = 0;
/** A client of the test's own that Google knows. */
async function registered(redirectUris = [`${app.url}/oauth/callback`]): Promise<Pair> {
  const pair = {
    clientId: `8${++clients}-guide.apps.sandbox.test`,
    clientSecret: `canary-guide-secret-${clients}`,
  };
  await app.google.registerClient({ ...pair, redirectUris });
  return pair;
}

async function checks(pair?: Pair, headers: Record<string, string> = {}) {
  const { data, response } = await app.client.POST('/api/setup/checks', { body: pair ?? {}, headers });
  expect(response.status).toBe(200);
  return data!;
}

/** What was found, as `status` or `status: reason`. */
async function found(pair?: Pair): Promise<Record<string, string>> {
  const { checks: all } = await checks(pair);
  return Object.fromEntries(
    all.map(({ name, status, reason }) => [name, reason === null ? status : `${status}: ${reason}`]),
  );
}

describe('GET /api/setup', () => {
  it("tells what Google's console needs, and no secret", async () => {
    const { data, response } = await app.client.GET('/api/setup');
    expect(response.status).toBe(200);
    expect(data).toEqual({
      google: 'stand-in',
      publicUrl: app.url,
      redirectUri: `${app.url}/oauth/callback`,
      clientId: sandboxClientId,
      scopes: ['openid', 'email', gmailScopes.readonly],
    });
  });
});

describe('POST /api/setup/checks', () => {
  const waiting = 'waiting: no_connected_mailbox';
  const well = { public_url: 'ok', client: 'ok', redirect_uri: 'ok', clock: 'ok' };

  it('finds a client right before any mailbox was connected with it, and says what has to wait', async () => {
    const found1 = await found(await registered());
    expect(found1).toEqual({ ...well, gmail_api: waiting, scopes: waiting, publishing_status: waiting });
  });

  it('asks for no consent and leaves no grant behind', async () => {
    const before = (await app.google.ledger()).grants;
    await checks();
    expect((await app.google.ledger()).grants).toEqual(before);
    expect(await app.dataSource.query<unknown[]>('SELECT FROM oauth_clients')).toHaveLength(1);
  });

  it('tells a wrong secret and an unknown client apart', async () => {
    const pair = await registered();
    expect(await found({ ...pair, clientSecret: 'another' })).toMatchObject({
      client: 'failed: wrong_secret',
      redirect_uri: 'ok',
    });
    expect(await found({ ...pair, clientId: 'nobody.apps.sandbox.test' })).toMatchObject({
      client: 'failed: unknown_client',
      redirect_uri: 'unknown: invalid_client',
    });
  });

  it('finds a redirect URI that is not registered, and says which one it has to be', async () => {
    const pair = await registered(['https://elsewhere.example/oauth/callback']);
    expect(await found(pair)).toMatchObject({
      client: 'ok',
      redirect_uri: 'failed: redirect_uri_mismatch',
    });
    const { checks: all } = await checks(pair);
    expect(all.find(({ name }) => name === 'redirect_uri')?.detail).toContain(`${app.url}/oauth/callback`);
  });

  it('says that it does not know, rather than guess, when Google does not answer or answers oddly', async () => {
    const pair = await registered();
    await app.google.addFault({ target: 'token', fault: { kind: 'reset' } });
    await app.google.addFault({ target: 'authorize', fault: { kind: 'html', status: 503, body: 'Sorry' } });
    expect(await found(pair)).toMatchObject({
      client: 'unknown: connection_reset',
      redirect_uri: 'unknown: unclear_answer',
    });
    await app.google.clearFaults();
    await app.google.addFault({ target: 'token', fault: { kind: 'html', status: 403, body: 'robots' } });
    await app.google.addFault({ target: 'authorize', fault: { kind: 'reset' } });
    expect(await found(pair)).toMatchObject({
      client: 'unknown: http_403',
      redirect_uri: 'unknown: connection_reset',
      clock: 'unknown: no_date',
    });
  });

  it('asks a mailbox that was connected with the client for the rest', async () => {
    const pair = await registered();
    const mailbox = await newMailbox(app, pair);
    expect(await found(pair)).toEqual({ ...well, gmail_api: 'ok', scopes: 'ok', publishing_status: 'ok' });

    const disabled = { error: { code: 403, errors: [{ reason: 'accessNotConfigured' }] } };
    await app.google.addFault({ target: 'gmail', fault: { kind: 'error', status: 403, body: disabled } });
    expect(await found(pair)).toMatchObject({ gmail_api: 'failed: api_disabled', scopes: 'ok' });
    await app.google.clearFaults();

    await app.client.PATCH('/api/instances/{id}', {
      params: { path: { id: mailbox.id } },
      body: { scopes: ['gmail.readonly', 'gmail.send'] },
    });
    expect(await found(pair)).toMatchObject({ gmail_api: 'ok', scopes: 'failed: scope_missing' });
  });

  it('finds the trap of an app in testing: its grants end by themselves', async () => {
    const pair = await registered();
    await app.google.configure({ refreshTokenLifetimeSeconds: 604_800 });
    await newMailbox(app, pair);
    expect(await found(pair)).toMatchObject({ publishing_status: 'failed: grants_expire', gmail_api: 'ok' });
  });

  it("looks at mailboxes of the operator's present tenant only", async () => {
    const pair = await registered();
    await newMailbox(app, pair);
    await app.api('POST', '/api/tenants', { name: 'without-mailboxes' });
    const { checks: all } = await checks(pair, { 'x-evergrant-tenant': 'without-mailboxes' });
    expect(all.find(({ name }) => name === 'gmail_api')?.status).toBe('waiting');
  });

  it.each([{ clientId: 'half' }, { clientSecret: 'half' }, { clientId: '', clientSecret: '' }, { other: 1 }])(
    'refuses %j',
    async (body) => {
      expect(await app.api('POST', '/api/setup/checks', body)).toMatchObject({
        status: 400,
        body: { errorCode: 'VALIDATION_FAILED' },
      });
    },
  );

  it('stores and logs nothing of a pair that is checked', async () => {
    const pair = await registered();
    await checks(pair);
    await checks({ ...pair, clientSecret: 'canary-wrong-secret-of-a-guide' });
    const log = app.log.join('\n');
    expect(log).not.toContain(pair.clientSecret);
    expect(log).not.toContain('canary-wrong-secret-of-a-guide');
    const kept = await app.dataSource.query<unknown[]>('SELECT FROM oauth_clients WHERE client_id = $1', [
      pair.clientId,
    ]);
    expect(kept).toEqual([]);
  });

  it('asks Google no more than ten times a minute', async () => {
    for (let times = 0; times < 10; times += 1) await checks();
    const before = (await app.google.ledger()).tokenRequests.length;
    const refused = await app.api('POST', '/api/setup/checks', {});
    expect(refused).toMatchObject({ status: 429, body: { errorCode: 'RATE_LIMITED' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await app.google.ledger()).tokenRequests).toHaveLength(before);
    await app.advance(61);
    await checks();
  });

  it('is for the operator alone', async () => {
    const callers = new Callers(app);
    const { id } = await callers.tenant();
    const { apiKey } = await callers.key(id);
    for (const [method, path] of [
      ['GET', '/api/setup'],
      ['POST', '/api/setup/checks'],
    ] as const) {
      expect((await callers.asKey(apiKey, method, path)).status).toBe(403);
      expect((await callers.call(method, path, {})).status).toBe(401);
    }
  });
});

it('says what is wrong with a public URL that Google does not take', async () => {
  const public1 = await TestApp.start({ PUBLIC_URL: 'http://mail.example.com' }, { beside: app });
  try {
    const { body } = await public1.api<{ checks: { name: string; reason: string }[] }>(
      'POST',
      '/api/setup/checks',
      {},
    );
    expect(body.checks.find(({ name }) => name === 'public_url')).toMatchObject({ reason: 'plain_http' });
    expect(body.checks.find(({ name }) => name === 'redirect_uri')).toMatchObject({
      reason: 'redirect_uri_mismatch',
    });
  } finally {
    await public1.stop();
  }
});

it("finds a clock that does not agree with Google's", async () => {
  expect(await found()).toMatchObject({ clock: 'ok' });
  await app.google.advanceClock(600);
  expect(await found()).toMatchObject({ clock: 'failed: clock_skew' });
});
