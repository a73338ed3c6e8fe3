import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  passConsent,
  postForm,
  until,
  type ConsentChoice,
  type FaultRuleInput,
} from '../../sandbox/index.js';
import { startOutage } from '../harness/database/database-outage.js';
import { newMailbox } from '../harness/mailboxes.js';
import { ended, newPerson, read, tryAgain } from '../harness/people.js';
import { TestApp } from '../harness/test-app.js';

let app: TestApp;
beforeAll(async () => void (app = await TestApp.start()));
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

async function callback(url: string, cookie: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
  expect(answer.status).toBe(303);
  return answer.headers.get('location')!;
}

function account(): Promise<string> {
  return newPerson(app);
}

describe('the page at the end', () => {
  it('names mailbox and connection', async () => {
    const email = await account();
    const { id } = await app.createInstance({ name: 'Sales <bot>' });
    const end = await ended(await app.begin(id), { account: email });
    expect(await read(end)).toContain(`${email} is now connected to Sales &lt;bot&gt;.`);
  });

  it('names both accounts of a mismatch', async () => {
    const mailbox = await newMailbox(app);
    const other = await account();
    const end = await ended(await app.begin(mailbox.id), { account: other });
    const text = await read(end);
    expect(text).toContain(`You signed in as ${other}, but this connection belongs to ${mailbox.account}.`);
    const again = await tryAgain(end);
    expect(new URL(again.location).searchParams.get('prompt')).toContain('select_account');
    expect((await ended(again, { account: mailbox.account })).location).toContain(`connected=${mailbox.id}`);
  });

  it('names what was not ticked', async () => {
    const { id } = await app.createInstance();
    const withoutScopes = ['https://www.googleapis.com/auth/gmail.readonly'];
    const end = await ended(await app.begin(id), { account: await account(), withoutScopes });
    expect(await read(end)).toContain('Read all of your mail');
  });

  it.each([
    '',
    '?connected=00000000-0000-4000-8000-000000000000',
    '?connected=1&flow=abcdefghijklmnop',
    '?error=none',
  ])('claims nothing without a consent of this browser: /oauth/done%s', async (query) => {
    const { cookie } = await app.begin((await app.createInstance()).id);
    const text = await read({ location: `${app.url}/oauth/done${query}`, cookie });
    expect(text).toContain('Nothing to show here');
    expect(text).not.toMatch(/is now connected|Mailbox connected/);
  });

  it('tells nothing to another browser', async () => {
    const { location } = await ended(await app.begin((await app.createInstance()).id), {
      account: await account(),
    });
    expect(await read({ location, cookie: '' })).toContain('Nothing to show here');
  });

  it.each([
    ['admin_policy_enforced', 'admin_blocked', 'administrator of your Google Workspace'],
    ['org_internal', 'admin_blocked', 'administrator of your Google Workspace'],
    ['unauthorized_client', 'misconfigured', 'tell the operator'],
  ])('explains %s', async (error, code, words) => {
    await app.google.addFault({
      target: 'authorize',
      fault: { kind: 'patch', set: { error }, remove: ['code'] },
    });
    const end = await ended(await app.begin((await app.createInstance()).id));
    expect(new URL(end.location).searchParams.get('error')).toBe(code);
    expect(await read(end)).toContain(words);
  });

  it('says that a wrong client secret is for the operator, who finds it in the log as an error', async () => {
    const { id } = await app.createInstance();
    const fault: FaultRuleInput['fault'] = { kind: 'error', status: 401, body: { error: 'invalid_client' } };
    await app.google.addFault({ target: 'token', fault });
    const from = app.log.length;
    const end = await ended(await app.begin(id));
    expect(new URL(end.location).searchParams.get('error')).toBe('misconfigured');
    expect(await read(end)).toContain('tell the operator');
    const errors = app.log
      .slice(from)
      .map((line) => JSON.parse(line) as { level: unknown; instanceId?: string; reason?: string })
      .filter(({ instanceId, reason }) => instanceId === id && reason === 'invalid_client');
    expect(errors.map(({ level }) => level)).toContain(50);
  });

  it('explains session control, and lets the person sign in again', async () => {
    const { id } = await app.createInstance();
    const fault: FaultRuleInput['fault'] = {
      kind: 'error',
      status: 400,
      body: { error: 'invalid_grant', error_subtype: 'invalid_rapt' },
    };
    await app.google.addFault({ target: 'token', times: 1, fault });
    const email = await account();
    const end = await ended(await app.begin(id), { account: email });
    expect(await read(end)).toContain('Your organisation asks you to sign in to Google again');
    expect((await ended(await tryAgain(end), { account: email })).location).toContain(`connected=${id}`);
  });
});

describe('try again', () => {
  it('goes on after a denial, with no new link', async () => {
    const { id } = await app.createInstance();
    const end = await ended(await app.begin(id), { decision: 'deny' });
    expect(new URL(end.location).searchParams.get('error')).toBe('access_denied');
    const again = await ended(await tryAgain(end), { account: await account() });
    expect(new URL(again.location).searchParams.get('connected')).toBe(id);
  });

  it('goes on when the answer came too late', async () => {
    const { id } = await app.createInstance();
    const browser = await app.begin(id);
    const email = await account();
    const answer = await passConsent(browser.location, { account: email });
    await app.advance(601);
    const end = { location: await callback(answer, browser.cookie), cookie: browser.cookie };
    expect(new URL(end.location).searchParams.get('error')).toBe('state_expired');
    expect((await ended(await tryAgain(end), { account: email })).location).toContain(`connected=${id}`);
  });

  it('goes on after an outage of Google', async () => {
    const { id } = await app.createInstance();
    await app.google.addFault({ target: 'token', fault: { kind: 'error', status: 503, body: {} } });
    const email = await account();
    const end = await ended(await app.begin(id), { account: email });
    expect(new URL(end.location).searchParams.get('error')).toBe('provider_unavailable');
    await app.google.clearFaults();
    expect((await ended(await tryAgain(end), { account: email })).location).toContain(`connected=${id}`);
  });

  it('is for the browser that began, for an hour, and for our own page', async () => {
    const { id } = await app.createInstance();
    const end = await ended(await app.begin(id), { decision: 'deny' });
    const retry = `${app.url}/oauth/retry/${new URL(end.location).searchParams.get('flow')!}`;
    const other = await app.begin((await app.createInstance()).id);
    const [name] = end.cookie.split('=');
    const borrowed = `${name}=${other.cookie.split('=')[1]!}`;
    for (const cookie of [other.cookie, borrowed])
      expect((await postForm(retry, cookie)).location).toContain('error=state_expired');
    expect((await postForm(retry, '')).location).toContain('error=state_expired');
    const foreign = { origin: 'https://evil.example', cookie: end.cookie };
    expect((await fetch(retry, { method: 'POST', headers: foreign })).status).toBe(403);
    await app.advance(3601);
    expect((await postForm(retry, end.cookie)).location).toContain('error=state_expired');
  });

  it('does not begin anew what is connected', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    const page = await fetch(link);
    const cookie = page.headers.getSetCookie()[0]!.split(';')[0]!;
    const { location } = await ended(await postForm(link, cookie).then((begun) => ({ ...begun, cookie })), {
      account: await account(),
    });
    const flow = new URL(location).searchParams.get('flow')!;
    expect((await postForm(`${app.url}/oauth/retry/${flow}`, cookie)).location).toBe(location);
    expect((await postForm(link, cookie)).location).toBe(location);
    const opened = await fetch(link, { redirect: 'manual', headers: { cookie } });
    expect([opened.status, opened.headers.get('location')]).toEqual([303, location]);
  });
});

describe('a callback that comes again', () => {
  it.each<[string, ConsentChoice, RegExp]>([
    ['a success', {}, /connected=/],
    ['a denial', { decision: 'deny' }, /error=access_denied/],
  ])('answers %s as before, and asks Google no more', async (_case, choice, result) => {
    const browser = await app.begin((await app.createInstance()).id);
    const answer = await passConsent(browser.location, { account: await account(), ...choice });
    const first = await callback(answer, browser.cookie);
    expect(first).toMatch(result);
    await app.google.clearLedger();
    expect(await callback(answer, browser.cookie)).toBe(first);
    expect(await callback(answer, browser.cookie)).toBe(first);
    expect((await app.google.ledger()).tokenRequests).toEqual([]);
  });

  it('waits for the first, if that is still on its way', async () => {
    const browser = await app.begin((await app.createInstance()).id);
    const answer = await passConsent(browser.location, { account: await account() });
    await app.google.addFault({ target: 'token', times: 1, fault: { kind: 'hold' } });
    const first = callback(answer, browser.cookie);
    await app.google.heldRequests({ atLeast: 1 });
    const second = callback(answer, browser.cookie);
    await app.google.release();
    expect(await second).toBe(await first);
    expect(await first).toContain('connected=');
  });

  it('answers in a replica as in the process that was first', async () => {
    const replica = await TestApp.start({}, { beside: app });
    try {
      const browser = await app.begin((await app.createInstance()).id);
      const answer = await passConsent(browser.location, { account: await account() });
      const first = await callback(answer, browser.cookie);
      const there = answer.replace(app.url, replica.url);
      expect(new URL(await callback(there, browser.cookie)).search).toBe(new URL(first).search);
    } finally {
      await replica.stop();
    }
  });
});

describe('one transient fault of Google', () => {
  it.each<[string, FaultRuleInput]>([
    ['503 at the exchange', { target: 'token', fault: { kind: 'error', status: 503, body: {} } }],
    ['429 at the exchange', { target: 'token', fault: { kind: 'error', status: 429, body: {} } }],
    ['a reset before the exchange', { target: 'token', fault: { kind: 'reset' } }],
    ['a reset after the exchange', { target: 'token', fault: { kind: 'reset-after' } }],
    ['half an answer to the exchange', { target: 'token', fault: { kind: 'truncated' } }],
    ['503 at userinfo', { target: 'userinfo', fault: { kind: 'error', status: 503, body: {} } }],
    ['a reset at userinfo', { target: 'userinfo', fault: { kind: 'reset' } }],
  ])('does not end a consent: %s', async (_case, fault) => {
    const { id } = await app.createInstance();
    if (fault.target === 'userinfo') {
      await app.google.addFault({ target: 'token', fault: { kind: 'patch', remove: ['id_token'] } });
    }
    await app.google.addFault({ ...fault, times: 1 });
    const { location } = await ended(await app.begin(id), { account: await account() });
    expect(new URL(location).searchParams.get('connected')).toBe(id);
    const unmet = (await app.google.faults()).filter(({ times, hits }) => times === 1 && hits === 0);
    expect(unmet).toEqual([]);
  });

  it('at userinfo is not even noticed where the id_token tells the account', async () => {
    const { id } = await app.createInstance();
    await app.google.addFault({ target: 'userinfo', fault: { kind: 'error', status: 503, body: {} } });
    const email = await account();
    expect((await ended(await app.begin(id), { account: email })).location).toContain(`connected=${id}`);
    expect((await app.api('GET', `/api/instances/${id}`)).body).toMatchObject({ email });
  });
});

describe('returnTo', () => {
  const returnTo = 'https://app.example.com/settings?tab=mail';

  it.each<[string, ConsentChoice, string]>([
    ['a denial', { decision: 'deny' }, 'error=access_denied'],
    [
      'a missing permission',
      { withoutScopes: ['https://www.googleapis.com/auth/gmail.readonly'] },
      'error=scope_missing',
    ],
  ])('is honoured after %s', async (_case, choice, result) => {
    const { id } = await app.createInstance();
    const { location } = await ended(await app.begin(id, returnTo), { account: await account(), ...choice });
    expect(location).toBe(`${returnTo}&${result}`);
  });

  it('is honoured by a link that is too old, by one that another browser used, and by a late answer', async () => {
    const { id } = await app.createInstance();
    const used = await app.connectUrl(id, returnTo);
    await postForm(used, (await fetch(used)).headers.getSetCookie()[0]!.split(';')[0]!);
    const late = await app.begin(id, returnTo);
    const answer = await passConsent(late.location, { account: await account() });
    const old = await app.connectUrl(id, returnTo);
    const end = `${returnTo}&error=state_expired`;
    expect((await fetch(used, { redirect: 'manual' })).headers.get('location')).toBe(end);
    await app.advance(601);
    expect((await fetch(old, { redirect: 'manual' })).headers.get('location')).toBe(end);
    expect(await callback(answer, late.cookie)).toBe(end);
  });
});

describe('a browser while the database is down', () => {
  it('is shown a page, not JSON, and goes on afterwards where it was', async () => {
    const { id } = await app.createInstance();
    const link = await app.connectUrl(id);
    const browser = await app.begin(id);
    const answer = await passConsent(browser.location, { account: await account() });
    const done = `${app.url}/oauth/done?flow=${new URL(browser.location).searchParams.get('state')!.slice(0, 16)}`;
    const endOutage = await startOutage(app.environment.DATABASE_URL!);
    try {
      for (const url of [link, answer, done]) {
        const page = await fetch(url, { redirect: 'manual', headers: { cookie: browser.cookie } });
        expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
        expect(page.headers.get('retry-after')).toMatch(/^\d+$/);
        expect(await page.text()).toContain('reload this page');
      }
      const posted = await fetch(link, {
        method: 'POST',
        headers: { origin: app.url, cookie: browser.cookie },
      });
      expect([posted.status, posted.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    } finally {
      await endOutage();
    }
    await until('the database answers', async () => (await fetch(`${app.url}/health/ready`)).ok);
    expect(await callback(answer, browser.cookie)).toContain(`connected=${id}`);
    expect((await fetch(link)).status).toBe(200);
  });
});
