import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PersonTokens } from '../../src/identity/index.js';
import { readText } from '../harness/http-browser.js';
import { TestApp } from '../harness/test-app.js';
import {
  Attempt,
  connected,
  letIn,
  newAccount,
  newBrowser,
  redirectUri,
  refresh,
  register,
  signInVariables,
  throughGoogle,
} from './scripted-client.js';

let app: TestApp;
let other: TestApp;
beforeAll(async () => {
  app = await TestApp.start(signInVariables);
  other = await TestApp.start({ ...signInVariables, PUBLIC_URL: app.environment.publicUrl }, { beside: app });
});
afterAll(async () => {
  await other.stop();
  await app.stop();
});

describe('a client that knows nothing but the URL', () => {
  it('is led from the endpoint to tokens, by whichever process answers', async () => {
    const found = await fetch(`${app.url}/.well-known/oauth-protected-resource/mcp`);
    const { authorization_servers } = (await found.json()) as { authorization_servers: string[] };
    expect(authorization_servers).toEqual([app.environment.publicUrl]);
    const { body } = await register(other);
    const attempt = new Attempt(app, String(body.client_id), { scope: 'gmail:read gmail:send' });
    const { code, end, account } = await letIn(attempt);
    expect(end.origin + end.pathname).toBe(redirectUri);
    expect(Object.fromEntries(end.searchParams)).toEqual({
      code,
      state: attempt.state,
      iss: app.environment.publicUrl,
    });
    const tokens = await attempt.redeem(code, {}, other.url);
    expect(tokens).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', expires_in: 3600, scope: 'gmail:read gmail:send' },
    });
    const caller = await app.part(PersonTokens).verify(String(tokens.body.access_token));
    expect(caller).toMatchObject({
      clientName: 'Scripted',
      scopes: ['gmail:read', 'gmail:send'],
      resource: `${app.environment.publicUrl}/mcp`,
      instanceIds: [expect.any(String)],
    });
    const mailboxes = await app.api<{ items: { email: string }[] }>('GET', `/api/instances?q=${account}`);
    expect(mailboxes.body.items).toMatchObject([{ email: account }]);
  });

  it('gets a refresh token without asking for offline_access, which serves at every process', async () => {
    const { attempt, refreshToken } = await connected(app);
    const next = await refresh(attempt, refreshToken, other.url);
    expect(next).toMatchObject({ status: 200, body: { refresh_token: expect.stringMatching(/^egrt_/) } });
  });

  it('gets an ID token where it asks for openid, signed by a published key', async () => {
    const { body } = await register(app);
    const attempt = new Attempt(app, String(body.client_id), { scope: 'openid email gmail:read' });
    const { code, account } = await letIn(attempt);
    const { id_token } = (await attempt.redeem(code)).body;
    const { createRemoteJWKSet, jwtVerify } = await import('jose');
    const keys = createRemoteJWKSet(new URL(`${other.url}/jwks`));
    const issuer = app.environment.publicUrl;
    const { payload } = await jwtVerify(String(id_token), keys, { issuer, audience: attempt.clientId });
    expect(payload).toMatchObject({ email: account, email_verified: true });
  });
});

describe('the page of a client', () => {
  it('names it, its origin and the scopes in words, before Google', async () => {
    const { body } = await register(app, { client_name: 'Claude' });
    const page = await newBrowser(app).open(new Attempt(app, String(body.client_id)).url);
    expect(page.status).toBe(200);
    const text = readText(page.text);
    expect(text).toContain('Claude asks to use your Gmail');
    expect(text).toContain('Unverified: anyone can use this name');
    expect(text).toContain('an application on this computer');
    expect(text).toContain('Read all of your mail');
    expect(text).not.toContain('Send mail in your name');
  });

  it('spares a person who is signed in the way over Google, and gives the mailboxes chosen', async () => {
    const { browser, account } = await connected(app);
    const second = await newAccount(app);
    const { body } = await register(app);
    const attempt = new Attempt(app, String(body.client_id));
    const page = await browser.open(attempt.url);
    const more = await throughGoogle(browser, await browser.press(page, { decision: 'google' }), second);
    expect(readText(more.text)).toContain(second);
    const ids = [...more.text.matchAll(/name="mailbox"\s+value="([^"]+)"/g)].map(([, id]) => id ?? '');
    expect(ids).toHaveLength(2);
    const { url } = await browser.press(more, { decision: 'allow' }, { mailbox: ids.slice(1) });
    const { access_token } = (await attempt.redeem(url.searchParams.get('code') ?? '')).body;
    const caller = await app.part(PersonTokens).verify(String(access_token));
    expect(caller?.instanceIds).toEqual(ids.slice(1));
    expect(account).not.toBe(second);
  });

  it('tells of each mailbox what the policy holds of what leaves it', async () => {
    const { browser, account, attempt } = await connected(app);
    const found = await app.api<{ items: { id: string }[] }>('GET', `/api/instances?q=${account}`);
    const path = `/api/instances/${found.body.items[0]?.id}`;
    const shown = async (policy: object): Promise<string> => {
      expect((await app.api('PATCH', path, { policy })).status).toBe(200);
      return readText((await browser.open(attempt.url)).text);
    };
    const held = await shown({ acts: { send: 'deny' }, messagesPerDay: 20 });
    expect(held).toContain(`What holds what leaves ${account}`);
    expect(held).toContain('A new message is not let out');
    expect(held).toContain('Mail to people to whom the mailbox has never written waits until');
    expect(held).toContain('No more leaves it than 20 mails a day');
    const kinds = ['forwarding_filter', 'vacation', 'forwarding', 'delegate'];
    const acts = Object.fromEntries(kinds.map((kind) => [kind, 'allow']));
    expect(await shown({ acts, newRecipients: 'allow', secrets: 'allow' })).toContain(
      `No rule holds what leaves ${account}: it goes out at once.`,
    );
  });

  it('leads back to the client with an error where a person declines', async () => {
    const { body } = await register(app);
    const attempt = new Attempt(app, String(body.client_id));
    const browser = newBrowser(app);
    const { url } = await browser.press(await browser.open(attempt.url), { decision: 'deny' });
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      error: 'access_denied',
      state: attempt.state,
      iss: app.environment.publicUrl,
    });
  });

  it('says what went wrong at Google, and leads there again from that very page', async () => {
    const { body } = await register(app);
    const attempt = new Attempt(app, String(body.client_id));
    const [browser, account] = [newBrowser(app), await newAccount(app)];
    const google = await browser.press(await browser.open(attempt.url), { decision: 'google' });
    const denied = await throughGoogle(browser, google, account, { decision: 'deny' });
    expect(readText(denied.text)).toContain('Google says that you did not agree');
    const again = await browser.press(denied, { decision: 'google' });
    const { url } = await throughGoogle(browser, again, account);
    expect((await attempt.redeem(url.searchParams.get('code') ?? '')).status).toBe(200);
  });

  it('says so where an account may not sign in, and lets no client in', async () => {
    const { body } = await register(app);
    const browser = newBrowser(app);
    const stranger = 'stranger@elsewhere.test';
    await app.google.addAccount({ email: stranger });
    const page = await browser.open(new Attempt(app, String(body.client_id)).url);
    const end = await throughGoogle(browser, await browser.press(page, { decision: 'google' }), stranger);
    expect(readText(end.text)).toContain('This account may not sign in here');
    const left = await app.dataSource.query<{ n: string }[]>(
      "SELECT count(*) AS n FROM people WHERE email = 'stranger@elsewhere.test'",
    );
    expect(left).toEqual([{ n: '0' }]);
  });
});
