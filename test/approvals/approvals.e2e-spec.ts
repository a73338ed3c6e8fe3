import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectMailbox, passConsent } from '../../sandbox/index.js';
import type { StoredAct } from '../../src/policy/index.js';
import { Callers, type Shown as ShownOnce, type Tenant } from '../harness/callers.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { newPerson } from '../harness/people.js';
import { TestApp } from '../harness/test-app.js';
import { DecidingBrowser, fieldsOf } from './deciding-browser.js';
import { holdMail, tenantOf } from './held-acts.js';

let app: TestApp;
let callers: Callers;
let mailbox: TestMailbox;
let tenantId: string;
let decider: string;
let other: ShownOnce<Tenant>;
beforeAll(async () => {
  app = await TestApp.start();
  callers = new Callers(app);
  mailbox = await newMailbox(app, { name: 'Sales bot' });
  tenantId = await tenantOf(app, mailbox);
  decider = (await callers.key(tenantId, { rights: ['approvals:decide'] })).apiKey;
  other = await callers.tenant();
});
afterAll(() => app.stop());

function hold(changes = {}, lifeSeconds?: number): Promise<StoredAct> {
  return holdMail(app, { tenantId, id: mailbox.id }, changes, lifeSeconds);
}

async function stateOf({ id }: StoredAct): Promise<string> {
  const [row] = await app.dataSource.query<[{ state: string }]>(
    'SELECT state FROM outbound_acts WHERE id = $1',
    [id],
  );
  return row.state;
}

function link({ id }: { id: string }): string {
  return `${app.url}/approvals/${id}`;
}

describe('the approvals of a tenant', () => {
  it('are listed newest first, by status and instance, without their content', async () => {
    const [first, second] = [await hold(), await hold()];
    const path = `/api/approvals?status=pending&instanceId=${mailbox.id}`;
    const { body } = await callers.asKey(decider, 'GET', path);
    const ids = (body.items as { id: string }[]).map(({ id }) => id);
    expect(ids.indexOf(second.id)).toBeLessThan(ids.indexOf(first.id));
    expect(JSON.stringify(body)).not.toContain('Canary');
    const paged = await callers.asKey(decider, 'GET', `${path}&limit=1`);
    const next = await callers.asKey(
      decider,
      'GET',
      `${path}&limit=1&cursor=${String(paged.body.nextCursor)}`,
    );
    expect((next.body.items as { id: string }[])[0]?.id).toBe(ids[1]);
    const rejected = await callers.asKey(decider, 'GET', '/api/approvals?status=rejected');
    expect(JSON.stringify(rejected.body)).not.toContain(first.id);
  });

  it('are read word for word, and approved once', async () => {
    const act = await hold();
    const read = await callers.asKey(decider, 'GET', `/api/approvals/${act.id}`);
    expect(read.body).toMatchObject({
      status: 'pending',
      message: { subject: 'Canary subject', text: 'Canary text.', to: [{ address: 'bea@example.com' }] },
      newRecipients: ['bea@example.com'],
      reasons: [{ code: 'new_recipient' }],
      mailbox: mailbox.account,
    });
    const { contentDigest } = read.body;
    const decision = { decision: 'approve', contentDigest };
    const decided = await callers.asKey(decider, 'POST', `/api/approvals/${act.id}`, decision);
    expect(decided).toMatchObject({ status: 201, body: { status: 'approved' } });
    expect(decided.body.decidedBy).toMatch(/^api-key:/);
    const again = await callers.asKey(decider, 'POST', `/api/approvals/${act.id}`, { decision: 'reject' });
    expect(again).toMatchObject({ status: 409, body: { errorCode: 'CONFLICT', reason: 'approval_decided' } });
    expect(await stateOf(act)).not.toBe('rejected');
  });

  it('are rejected', async () => {
    const act = await hold();
    const decided = await callers.asKey(decider, 'POST', `/api/approvals/${act.id}`, { decision: 'reject' });
    expect(decided.body).toMatchObject({ status: 'rejected', outcome: null });
    expect(await stateOf(act)).toBe('rejected');
  });

  it('are not approved once their time is over', async () => {
    const act = await hold({}, 60);
    await app.advance(61);
    const late = await callers.asKey(decider, 'POST', `/api/approvals/${act.id}`, { decision: 'approve' });
    expect(late).toMatchObject({ status: 409, body: { reason: 'approval_expired' } });
    const read = await callers.asKey(decider, 'GET', `/api/approvals/${act.id}`);
    expect(read.body.status).toBe('expired');
  });

  it('are not approved as something else than was read', async () => {
    const [act, changed] = [await hold(), await hold({ text: 'Canary text, changed.' })];
    const decision = { decision: 'approve', contentDigest: act.contentDigest };
    const refused = await callers.asKey(decider, 'POST', `/api/approvals/${changed.id}`, decision);
    expect(refused).toMatchObject({
      status: 409,
      body: { reason: 'content_changed', field: 'contentDigest' },
    });
    expect(await stateOf(changed)).toBe('held');
  });

  it.each(['GET', 'POST'])('are closed to %s by keys and tokens that may not decide', async (method) => {
    const act = await hold();
    const body = method === 'POST' ? { decision: 'approve' } : undefined;
    const path = `/api/approvals/${act.id}`;
    const plain = await callers.key(tenantId, { rights: ['instances:read', 'instances:write'] });
    expect((await callers.asKey(plain.apiKey, method, path, body)).status).toBe(403);
    expect((await callers.asKey(mailbox.mcpToken, method, path, body)).status).toBe(401);
    const foreign = await callers.key(other.id, { rights: ['approvals:decide'] });
    const found = await callers.asKey(foreign.apiKey, method, path, body);
    const unknown = await callers.asKey(foreign.apiKey, method, `/api/approvals/${randomUUID()}`, body);
    expect(found.status).toBe(404);
    expect(found.body).toEqual(unknown.body);
    expect(await stateOf(act)).toBe('held');
  });

  it('are decided on in a console session that has the right', async () => {
    const act = await hold();
    const cookie = await callers.login(decider);
    const headers = { cookie, origin: app.url };
    const path = `/api/approvals/${act.id}`;
    const foreign = await callers.call(
      'POST',
      path,
      { cookie, origin: 'https://evil.example' },
      { decision: 'approve' },
    );
    expect(foreign.status).toBe(403);
    expect(await stateOf(act)).toBe('held');
    const decided = await callers.call('POST', path, headers, { decision: 'approve' });
    expect(decided.body.decidedBy).toMatch(/^session:/);
  });
});

describe('the page behind the link', () => {
  it('tells the same by the link alone, whether there is anything behind it or not', async () => {
    const act = await hold();
    const told = await new DecidingBrowser().opens(link(act));
    const id = randomUUID();
    const nothing = await new DecidingBrowser().opens(link({ id }));
    expect(told.status).toBe(nothing.status);
    expect(told.text.replaceAll(act.id, '')).toBe(nothing.text.replaceAll(id, ''));
    expect(told.text).toContain('Sign in with Google');
    for (const secret of ['Canary', 'bea@example.com', mailbox.account, 'Sales bot'])
      expect(told.text).not.toContain(secret);
    const withToken = await fetch(link(act), { headers: { authorization: `Bearer ${mailbox.mcpToken}` } });
    expect(await withToken.text()).toBe(told.text);
  });

  it('stores nothing for a sign-in where there is nothing, and leads to Google all the same', async () => {
    const count = async () =>
      app.dataSource.query<[{ n: number }]>('SELECT count(*)::int AS n FROM owner_sign_ins');
    const before = await count();
    const url = link({ id: randomUUID() });
    const begun = await new DecidingBrowser().posts(`${url}/sign-in`, {});
    expect(new URL(begun.location!).searchParams.get('scope')).toBe('openid email');
    expect(await count()).toEqual(before);
    const end = await new DecidingBrowser().signsIn(url, { account: mailbox.account });
    expect(end.status).toBe(403);
    expect(end.text).toMatch(/nothing\s+behind/);
  });

  it('shows the owner of the mailbox what is asked for, and takes the decision', async () => {
    const act = await hold();
    const browser = new DecidingBrowser();
    const shown = await browser.signsIn(link(act), { account: mailbox.account });
    for (const words of ['Canary subject', 'Canary text.', 'bea@example.com', mailbox.account, 'Sales bot'])
      expect(shown.text).toContain(words);
    const posted = await browser.presses(link(act), 'approve');
    expect(posted).toMatchObject({ status: 303, location: link(act) });
    const end = await browser.opens(link(act));
    expect(end.text).toContain('Approved');
    expect(end.text).toContain('by the owner of the mailbox');
    expect(end.text).not.toContain('name="decision"');
    const { body } = await callers.asKey(decider, 'GET', `/api/approvals/${act.id}`);
    expect(body).toMatchObject({ status: 'approved', decidedBy: expect.stringMatching(/^owner:/) });
    const again = await browser.posts(link(act), { ...fieldsOf(shown.text), decision: 'reject' });
    expect(again.status).toBe(303);
    expect(await stateOf(act)).not.toBe('rejected');
  });

  it('leaves the grant of the mailbox as it is, and asks for no refresh token', async () => {
    const act = await hold();
    const begun = await new DecidingBrowser().posts(`${link(act)}/sign-in`, {});
    const asked = new URL(begun.location!).searchParams;
    expect(asked.get('scope')).toBe('openid email');
    expect(asked.get('access_type')).toBe('online');
    expect(asked.get('prompt')).toBe('select_account');
    expect(asked.get('login_hint')).toBeNull();
    expect(asked.get('code_challenge_method')).toBe('S256');
    const [credential] = await app.dataSource.query<[object]>(
      'SELECT c.* FROM mcp_credentials c JOIN mcp_instances i ON i.credential_id = c.id WHERE i.id = $1',
      [mailbox.id],
    );
    await new DecidingBrowser().signsIn(link(act), { account: mailbox.account });
    const [after] = await app.dataSource.query<[object]>(
      'SELECT c.* FROM mcp_credentials c JOIN mcp_instances i ON i.credential_id = c.id WHERE i.id = $1',
      [mailbox.id],
    );
    expect(after).toEqual(credential);
  });

  it('shows another Google account nothing, and says which one is expected', async () => {
    const act = await hold();
    const browser = new DecidingBrowser();
    const shown = await browser.signsIn(link(act), { account: await newPerson(app) });
    expect(shown.status).toBe(403);
    expect(shown.text).toContain(mailbox.account);
    expect(shown.text).not.toContain('Canary');
    expect(browser.cookie('evergrant_owner')).toBeUndefined();
    expect((await browser.opens(link(act))).text).not.toContain('Canary');
  });

  it('shows the owner of one mailbox nothing of another, in this tenant or in the next', async () => {
    const act = await hold();
    const neighbour = await newMailbox(app);
    const theirs = await holdMail(app, { tenantId, id: neighbour.id });
    const browser = new DecidingBrowser();
    await browser.signsIn(link(theirs), { account: neighbour.account });
    expect((await browser.opens(link(theirs))).text).toContain('Canary');
    expect((await browser.opens(link(act))).text).not.toContain('Canary');
    // The same account under another tenant.
    const instance = await callers.newInstance(other.apiKey);
    const begun = await callers.asKey(other.apiKey, 'POST', `/api/instances/${instance.id}/start-oauth`, {});
    await connectMailbox(begun.body.authorizationUrl as string, { account: mailbox.account });
    const foreign = await holdMail(app, { tenantId: other.id, id: instance.id });
    const owner = new DecidingBrowser();
    expect((await owner.signsIn(link(act), { account: mailbox.account })).text).toContain('Canary');
    expect((await owner.opens(link(foreign))).text).not.toContain('Canary');
    const posted = await owner.posts(link(foreign), {
      ...fieldsOf((await owner.opens(link(act))).text),
      decision: 'approve',
    });
    expect(posted.status).toBe(303);
    expect(await stateOf(foreign)).toBe('held');
  });

  it('is for a console session with the right, of this tenant alone', async () => {
    const act = await hold();
    const browser = new DecidingBrowser(await callers.login(decider));
    expect((await browser.opens(link(act))).text).toContain('Canary text.');
    const plain = await callers.key(tenantId, { rights: ['instances:read', 'instances:write'] });
    const foreign = await callers.key(other.id, { rights: ['approvals:decide'] });
    for (const key of [plain.apiKey, foreign.apiKey]) {
      const refused = new DecidingBrowser(await callers.login(key));
      expect((await refused.opens(link(act))).text).not.toContain('Canary');
      await refused.posts(link(act), {
        ...fieldsOf((await browser.opens(link(act))).text),
        decision: 'approve',
      });
      expect(await stateOf(act)).toBe('held');
    }
    await browser.presses(link(act), 'reject');
    expect(await stateOf(act)).toBe('rejected');
  });

  it('ends with half an hour, with signing out, and with the mailbox in other hands', async () => {
    const act = await hold();
    const browser = new DecidingBrowser();
    await browser.signsIn(link(act), { account: mailbox.account });
    const kept = browser.cookie('evergrant_owner')!;
    await browser.posts(`${link(act)}/sign-out`, {});
    expect(browser.cookie('evergrant_owner')).toBeUndefined();
    browser.keep(`evergrant_owner=${kept}`);
    expect((await browser.opens(link(act))).text).not.toContain('Canary');

    await browser.signsIn(link(act), { account: mailbox.account });
    await app.dataSource.query("UPDATE mcp_credentials SET subject = subject || '0' WHERE email = $1", [
      mailbox.account,
    ]);
    expect((await browser.opens(link(act))).text).not.toContain('Canary');
    await app.dataSource.query('UPDATE mcp_credentials SET subject = left(subject, -1) WHERE email = $1', [
      mailbox.account,
    ]);
    expect((await browser.opens(link(act))).text).toContain('Canary');

    await app.advance(1801);
    expect((await browser.opens(link(act))).text).not.toContain('Canary');
  });

  it('takes no decision that another page posts, or that was made for another content or session', async () => {
    const act = await hold();
    const browser = new DecidingBrowser();
    const { text } = await browser.signsIn(link(act), { account: mailbox.account });
    const fields = { ...fieldsOf(text), decision: 'approve' };
    const attempts: [Record<string, string>, Record<string, string>][] = [
      [fields, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
      [fields, { origin: 'null' }],
      [{ ...fields, formToken: 'A'.repeat(43) }, {}],
      [{ ...fields, formToken: '' }, {}],
      [{ ...fields, contentDigest: 'f'.repeat(64) }, {}],
      [{ decision: 'approve', contentDigest: act.contentDigest }, {}],
      [{ ...fields, decision: 'perhaps' }, {}],
    ];
    for (const [posted, headers] of attempts) {
      expect((await browser.posts(link(act), posted, headers)).status).toBe(403);
      expect(await stateOf(act)).toBe('held');
    }
    const another = new DecidingBrowser();
    await another.signsIn(link(act), { account: mailbox.account });
    expect((await another.posts(link(act), fields)).status).toBe(403);
    expect(await stateOf(act)).toBe('held');
    expect((await browser.posts(link(act), fields)).status).toBe(303);
    expect(await stateOf(act)).not.toBe('held');
  });

  it('serves no state of a sign-in twice, in another browser, late, or from another issuer', async () => {
    const act = await hold();
    const browser = new DecidingBrowser();
    const begin = async () => (await browser.posts(`${link(act)}/sign-in`, {})).location!;
    const callback = await passConsent(await begin(), { account: mailbox.account });
    const stolen = new DecidingBrowser();
    expect((await stolen.opens(callback)).status).toBe(403);
    const wrongIssuer = new URL(await passConsent(await begin(), { account: mailbox.account }));
    wrongIssuer.searchParams.set('iss', 'https://accounts.evil.example');
    expect((await browser.opens(wrongIssuer.href)).status).toBe(403);
    expect(browser.cookie('evergrant_owner')).toBeUndefined();
    const ended = await browser.opens(callback);
    expect(ended.location).toBe(link(act));
    const [cookie = ''] = ended.headers.getSetCookie();
    expect(cookie).toMatch(/^evergrant_owner=[\w-]{43}; Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/);
    const session = browser.cookie('evergrant_owner');
    expect(session).toBeDefined();
    expect((await browser.opens(callback)).location).toBe(link(act));
    expect(browser.cookie('evergrant_owner')).toBe(session);
    const late = await passConsent(await begin(), { account: mailbox.account });
    await app.advance(601);
    expect((await browser.opens(late)).status).toBe(403);
  });

  it('is in no frame, in no store and in no referrer, and runs no script', async () => {
    const act = await hold();
    const browser = new DecidingBrowser();
    const pages = [
      await browser.opens(link(act)),
      await browser.signsIn(link(act), { account: mailbox.account }),
    ];
    for (const { headers, text } of pages) {
      const policy = headers.get('content-security-policy')!;
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('script-src');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(text).not.toContain('<script');
    }
    expect(pages[1]!.headers.get('content-security-policy')).toContain("form-action 'self';");
  });
});

it('no page, log line or error of it holds what a session is opened by', () => {
  expect(app.log.filter((line) => line.includes('Canary text'))).toEqual([]);
});
