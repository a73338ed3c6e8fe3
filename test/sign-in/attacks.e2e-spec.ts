import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PersonTokens } from '../../src/identity/index.js';
import { eventsOf } from '../harness/audit-events.js';
import { readText } from '../harness/http-browser.js';
import { TestApp } from '../harness/test-app.js';
import {
  Attempt,
  connected,
  letIn,
  newBrowser,
  refresh,
  register,
  signInVariables,
} from './scripted-client.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start(signInVariables)));
afterAll(() => app.stop());

async function newAttempt(changes: Record<string, string> = {}): Promise<Attempt> {
  return new Attempt(app, String((await register(app)).body.client_id), changes);
}

const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };

describe('a code', () => {
  it('that is replayed is refused, and takes with it what was issued for it', async () => {
    const attempt = await newAttempt();
    const { code } = await letIn(attempt);
    const { body } = await attempt.redeem(code);
    const events = await eventsOf(app, async () => {
      expect(await attempt.redeem(code)).toMatchObject(invalidGrant);
    });
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'authorization.revoked', reason: 'code_replayed' }),
    );
    expect(await refresh(attempt, String(body.refresh_token))).toMatchObject(invalidGrant);
    expect(await app.part(PersonTokens).verify(String(body.access_token))).toBeNull();
  });

  it('that is presented twice at once is redeemed once at most', async () => {
    const attempt = await newAttempt();
    const { code } = await letIn(attempt);
    const answers = await Promise.all([attempt.redeem(code), attempt.redeem(code), attempt.redeem(code)]);
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const { body } of answers.filter(({ status }) => status === 200))
      expect(await app.part(PersonTokens).verify(String(body.access_token))).toBeNull();
  });

  it('that was stolen is worth nothing without its verifier', async () => {
    const attempt = await newAttempt();
    const { code } = await letIn(attempt);
    const thief = new Attempt(app, attempt.clientId);
    expect(await thief.redeem(code)).toMatchObject(invalidGrant);
  });

  it('is of its client alone', async () => {
    const [attempt, other] = [await newAttempt(), await newAttempt()];
    const { code } = await letIn(attempt);
    expect(await attempt.redeem(code, { client_id: other.clientId })).toMatchObject(invalidGrant);
  });

  it('ends after a minute', async () => {
    const attempt = await newAttempt();
    const { code } = await letIn(attempt);
    await app.advance(61);
    expect(await attempt.redeem(code)).toMatchObject(invalidGrant);
  });

  it('names its issuer beside it, against the mix-up of two servers', async () => {
    const { end } = await letIn(await newAttempt());
    expect(end.searchParams.get('iss')).toBe(app.environment.publicUrl);
  });
});

describe('a request', () => {
  it.each([
    ['without a challenge', { code_challenge: '', code_challenge_method: '' }],
    ['with a plain challenge', { code_challenge_method: 'plain' }],
  ])('%s is refused to the client', async (_case, changes) => {
    const { url } = await newBrowser(app).open((await newAttempt(changes)).url);
    expect(url.searchParams.get('error')).toBe('invalid_request');
  });

  it.each(['https://evil.example/mcp', 'PUBLIC/api', 'PUBLIC/mcp/', 'PUBLIC/mcp/not-an-id'])(
    'for the resource %s is refused',
    async (given) => {
      const resource = given.replace('PUBLIC', app.environment.publicUrl);
      const { url } = await newBrowser(app).open((await newAttempt({ resource })).url);
      expect(url.searchParams.get('error')).toBe('invalid_target');
    },
  );

  it('for a redirect URI that is not registered ends on our page, and leads nowhere', async () => {
    const attempt = await newAttempt({ redirect_uri: 'https://evil.example/' });
    const page = await newBrowser(app).open(attempt.url);
    expect([page.status, page.url.origin]).toEqual([400, app.environment.publicUrl]);
    expect(page.text).not.toContain('evil.example');
    expect(readText(page.text)).toContain('did not register');
  });

  it.each(['unknown', 'a\0'])(
    'of an unknown client ends on our page, which says what to do (%j)',
    async (id) => {
      const page = await newBrowser(app).open(new Attempt(app, id).url);
      expect(page.url.origin).toBe(app.environment.publicUrl);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(readText(page.text)).toContain('remove this server and add it again');
    },
  );
});

describe('the page of a client', () => {
  it('is there for the browser that was sent to it, and for no other', async () => {
    const attempt = await newAttempt();
    const page = await newBrowser(app).open(attempt.url);
    const other = await newBrowser(app).open(page.url.href);
    expect([other.status, readText(other.text)]).toEqual([404, expect.stringContaining('begin again')]);
    const posted = await newBrowser(app).press(page, { decision: 'google' });
    expect([posted.status, posted.url.origin]).toEqual([404, app.environment.publicUrl]);
  });

  it.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['another port', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
  ])('decides nothing that %s posts', async (_case, headers) => {
    const { browser } = await connected(app);
    const page = await browser.open((await newAttempt()).url);
    const posted = await browser.press(page, { decision: 'allow' }, {}, headers);
    expect([posted.status, posted.url.origin]).toEqual([403, app.environment.publicUrl]);
  });

  it('is shown in no frame', async () => {
    const { headers } = await newBrowser(app).open((await newAttempt()).url);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('lets its form lead to the scheme of the application, and to no other', async () => {
    const redirect_uri = 'cursor://anysphere.cursor-mcp/oauth/callback';
    const { body } = await register(app, { redirect_uris: [redirect_uri] });
    const page = await newBrowser(app).open(new Attempt(app, String(body.client_id), { redirect_uri }).url);
    const policy = page.headers.get('content-security-policy') ?? '';
    const [, targets = ''] = /form-action ([^;]+)/.exec(policy) ?? [];
    expect(targets.split(' ')).toEqual([
      "'self'",
      'https:',
      'http://localhost:*',
      'http://127.0.0.1:*',
      'cursor:',
    ]);
  });

  it('agrees to nothing by a link, though a person is signed in', async () => {
    const { browser } = await connected(app);
    const page = await browser.open((await newAttempt()).url);
    const back = await browser.open(`${page.url.href}/continue?outcome=connected`);
    expect(back.url.href).toBe(page.url.href);
    expect(back.status).toBe(200);
  });

  it('is decided on by the person whom it spoke to', async () => {
    const [one, another] = [await connected(app), await connected(app)];
    const page = await one.browser.open((await newAttempt()).url);
    const person = /name="person"\s+value="([^"]+)"/;
    const othersPage = await another.browser.open((await newAttempt()).url);
    const [, stranger = ''] = person.exec(othersPage.text) ?? [];
    const posted = await one.browser.press(page, { decision: 'allow' }, { person: [stranger] });
    expect(posted.status).toBe(403);
  });

  it('gives no mailbox that is not the person’s', async () => {
    const [one, another] = [await connected(app), await connected(app)];
    const mailbox = /name="mailbox"\s+value="([^"]+)"/;
    const othersPage = await another.browser.open((await newAttempt()).url);
    const [, foreign = ''] = mailbox.exec(othersPage.text) ?? [];
    expect(foreign).not.toBe('');
    const page = await one.browser.open((await newAttempt()).url);
    expect((await one.browser.press(page, { decision: 'allow' }, { mailbox: [foreign] })).status).toBe(403);
  });

  it('shows what a client calls itself as text', async () => {
    const { body } = await register(app, { client_name: '<script>alert(1)</script>\u202Egnp' });
    const { text } = await newBrowser(app).open(new Attempt(app, String(body.client_id)).url);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt; gnp');
    expect(text).not.toContain('<script>');
  });
});
