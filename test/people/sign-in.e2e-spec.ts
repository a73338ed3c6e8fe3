import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { passConsent } from '../../sandbox/index.js';
import { People } from '../../src/identity/index.js';
import { ConnectedMailboxes } from '../../src/instances/index.js';
import { PersonInstances } from '../../src/instances/people/person-instances.js';
import { eventsOf } from '../harness/audit-events.js';
import { TestApp } from '../harness/test-app.js';
import {
  mailboxIds,
  newAccount,
  newPersonWithMailbox,
  ourDomain,
  peopleOf,
  PersonBrowser,
  personOf,
  textOf,
} from './people-stage.js';

const namedAddress = 'Named.One@elsewhere.example';
let app: TestApp;
beforeAll(async () => {
  app = await TestApp.start({ SIGN_IN_DOMAINS: ourDomain, SIGN_IN_EMAILS: namedAddress });
});
afterAll(() => app.stop());

async function grantsOf(account: string) {
  const { grants } = await app.google.ledger();
  return grants.filter((grant) => grant.account === account);
}

async function liveGrantsOf(account: string) {
  return (await grantsOf(account)).filter(({ endedBecause }) => endedBecause === null);
}

function outcomeOf({ location }: { location: string | null }): string | null {
  return location === null ? null : new URL(location).searchParams.get('outcome');
}

describe('one consent', () => {
  it('signs a person in and connects the mailbox, and makes no MCP token', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(app);
    const events = await eventsOf(app, async () => {
      const end = await browser.asks({}, { account });
      expect(end.location).toBe(`${app.url}/mailboxes?from=test&outcome=connected`);
    });
    expect(textOf(await browser.page())).toContain(`You are signed in as ${account}`);
    const person = await personOf(app, account);
    const [id] = await mailboxIds(app, person);
    const { body } = await app.api('GET', `/api/instances/${id}`);
    expect(body).toMatchObject({
      name: account,
      email: account,
      oauthStatus: 'completed',
      toolsets: ['core', 'changes'],
    });
    expect(
      (await app.api<{ items: unknown[] }>('GET', `/api/instances/${id}/mcp-tokens`)).body.items,
    ).toEqual([]);
    const actor = { kind: 'person', id: person.id, tenantId: person.tenantId };
    expect(events.map(({ event }) => event)).toEqual([
      'instance.created',
      'person.created',
      'login.succeeded',
    ]);
    for (const event of events) expect(event.actor).toEqual(actor);
  });

  it('of a person who comes again, in another browser, makes no second person, mailbox or consent', async () => {
    const { account, person, instanceId } = await newPersonWithMailbox(app);
    const again = new PersonBrowser(app);
    const location = await again.leavesFor({});
    expect(new URL(location).searchParams.get('prompt')).toBe('select_account');
    const end = await again.opens(await passConsent(location, { account }));
    expect(outcomeOf(end)).toBe('connected');
    expect(await peopleOf(app, account)).toHaveLength(1);
    expect(await mailboxIds(app, person)).toEqual([instanceId]);
  });

  it('for wider scopes leads through Google once, and one for narrower ones takes none away', async () => {
    const { account, person, instanceId } = await newPersonWithMailbox(app);
    const { browser } = await secondBrowser(account);
    const { instance } = (await mailboxOf(person, instanceId))!;
    const location = await browser.leavesFor({
      scopes: ['gmail:read', 'gmail:send'],
      person,
      mailbox: instance,
    });
    const wider = await browser.opens(await passConsent(location, { account }));
    expect(outcomeOf(wider)).toBe('connected');
    await browser.asks({ scopes: ['gmail:read'] }, { account });
    expect((await mailboxOf(person, instanceId))!.scopes).toEqual(['gmail:read', 'gmail:send']);
    expect(await mailboxIds(app, person)).toEqual([instanceId]);
  });

  it('that leaves a permission out connects nothing and says which', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(app);
    const readonly = 'https://www.googleapis.com/auth/gmail.readonly';
    const end = await browser.asks({}, { account, withoutScopes: [readonly] });
    expect(outcomeOf(end)).toBe('scope_missing');
    expect(await peopleOf(app, account)).toEqual([]);
    expect(await liveGrantsOf(account)).toEqual([]);
  });

  it('that is denied says so', async () => {
    const account = await newAccount(app);
    const end = await new PersonBrowser(app).asks({}, { account, decision: 'deny' });
    expect(outcomeOf(end)).toBe('access_denied');
  });

  it('made at the same time in two windows makes one mailbox', async () => {
    const account = await newAccount(app);
    const [one, other] = [new PersonBrowser(app), new PersonBrowser(app)];
    const ends = await Promise.all([one.asks({}, { account }), other.asks({}, { account })]);
    expect(ends.map(outcomeOf)).toEqual(['connected', 'connected']);
    expect(await mailboxIds(app, await personOf(app, account))).toHaveLength(1);
  });

  it('that broke off when its instance was made goes on with that instance', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(app);
    await browser.enters(account);
    const person = await personOf(app, account);
    const source = { requestId: 'r', address: '::1', route: 'GET /oauth/callback' };
    const { provider, subject, email } = person;
    await app
      .part(PersonInstances)
      .of(person, { provider: provider, subject, email }, ['gmail:read'], source);
    await browser.asks({}, { account });
    expect(await mailboxIds(app, person)).toHaveLength(1);
  });
});

async function mailboxOf(person: Awaited<ReturnType<typeof personOf>>, instanceId: string) {
  return app.part(ConnectedMailboxes).find(person, instanceId);
}

async function secondBrowser(account: string): Promise<{ browser: PersonBrowser }> {
  const browser = new PersonBrowser(app);
  await browser.enters(account);
  return { browser };
}

describe('an account', () => {
  it.each([
    ['of a domain that is not named', { domain: 'stranger.example' }],
    ['of a domain below one that is named', { domain: `sub.${ourDomain}` }],
    ['with an address of the domain that Google does not hand out', { hostedDomain: null }],
    ['whose address is not verified', { emailVerified: false }],
  ])('%s may not sign in, and its grant is ended', async (_case, claims) => {
    const account = await newAccount(app, claims);
    const browser = new PersonBrowser(app);
    expect(outcomeOf(await browser.asks({}, { account }))).toBe('not_admitted');
    expect(await peopleOf(app, account)).toEqual([]);
    expect(await liveGrantsOf(account)).toEqual([]);
    const page = textOf(await browser.page('?outcome=not_admitted'));
    expect(page).toContain('may not sign in here');
    expect(page).toContain('Sign in with Google');
  });

  it('that may not sign in keeps the grant by which a tenant’s mailbox lives', async () => {
    const account = await newAccount(app, { domain: 'stranger.example' });
    await app.connectedInstance({ account });
    const end = await new PersonBrowser(app).asks({}, { account });
    expect(outcomeOf(end)).toBe('not_admitted');
    expect((await liveGrantsOf(account)).length).toBeGreaterThan(0);
  });

  it('whose address is named in other letters may sign in, though its organisation is not', async () => {
    await app.google.addAccount({ email: namedAddress.toLowerCase(), hostedDomain: null });
    const browser = new PersonBrowser(app);
    expect(outcomeOf(await browser.enters(namedAddress.toLowerCase()))).toBe('signed_in');
  });

  it('that has taken over an address is another person', async () => {
    const people = app.part(People);
    const account = {
      provider: 'google',
      email: `handed.over@${ourDomain}`,
      isEmailVerified: true,
      hostedDomain: ourDomain,
    };
    const before = await people.admit({ ...account, subject: 'first' });
    const after = await people.admit({ ...account, subject: 'second' });
    expect([before, after]).toMatchObject([{ isNew: true }, { isNew: true }]);
    const renamed = await people.admit({ ...account, subject: 'first', email: `renamed@${ourDomain}` });
    expect(renamed).toMatchObject({ isNew: false, person: { email: `renamed@${ourDomain}` } });
  });
});

describe('a sign-in', () => {
  it('asks Google for nothing but who it is, and connects nothing', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(app);
    const begun = await browser.posts(`${app.url}/mailboxes/sign-in`, {});
    const asked = new URL(begun.location!).searchParams;
    expect([asked.get('scope'), asked.get('access_type')]).toEqual(['openid email', 'online']);
    expect(outcomeOf(await browser.passes(begun, { account }))).toBe('signed_in');
    expect(await mailboxIds(app, await personOf(app, account))).toEqual([]);
  });

  it('sets a cookie that scripts and other sites do not get, always with a new secret', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(app);
    browser.keep(`evergrant_person=${'A'.repeat(43)}`);
    const { headers } = await browser.enters(account);
    const line = headers.getSetCookie().find((each) => each.startsWith('evergrant_person='));
    expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
    const first = browser.cookie('evergrant_person');
    expect(first).not.toBe('A'.repeat(43));
    await browser.enters(account);
    expect(browser.cookie('evergrant_person')).not.toBe(first);
    const former = new PersonBrowser(app);
    former.keep(`evergrant_person=${first}`);
    expect(textOf(await former.page())).not.toContain(account);
  });

  it('is begun by no other site', async () => {
    const browser = new PersonBrowser(app);
    const headers = { origin: 'https://evil.example' };
    const refused = await browser.posts(`${app.url}/mailboxes/sign-in`, {}, headers);
    expect([refused.status, refused.location]).toEqual([403, null]);
  });

  it('ends in the browser that began it only', async () => {
    const account = await newAccount(app);
    const attacker = new PersonBrowser(app);
    const callback = await passConsent(await attacker.leavesFor({}), { account });
    const victim = new PersonBrowser(app);
    const refused = await victim.opens(callback);
    expect([refused.status, refused.location]).toEqual([403, null]);
    expect(victim.cookie('evergrant_person')).toBeUndefined();
    const handle = new URL(callback).searchParams.get('state')!.slice('person.'.length).slice(0, 16);
    victim.keep(`evergrant_flow_${handle}=${'A'.repeat(43)}`);
    expect((await victim.opens(callback)).status).toBe(403);
    expect(await peopleOf(app, account)).toEqual([]);
  });

  it('that is loaded again is answered the same, without a second session', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(app);
    const callback = await passConsent(await browser.leavesFor({}), { account });
    const first = await browser.opens(callback);
    const again = await browser.opens(callback);
    expect([again.status, again.location]).toEqual([303, first.location]);
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  it('with an answer of another issuer is not followed up', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(app);
    const callback = new URL(await passConsent(await browser.leavesFor({}), { account }));
    callback.searchParams.set('iss', 'https://evil.example');
    expect(outcomeOf(await browser.opens(callback.href))).toBe('state_expired');
    expect(await grantsOf(account)).toEqual([]);
  });

  it('that took more than ten minutes is over', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(app);
    const callback = await passConsent(await browser.leavesFor({}), { account });
    await app.advance(601);
    expect((await browser.opens(callback)).status).toBe(403);
  });

  it('whose follow-up died with its process is answered, and can be made anew', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(app);
    const callback = await passConsent(await browser.leavesFor({}), { account });
    await app.dataSource.query('UPDATE person_sign_ins SET answered_at = evergrant_now()');
    const waiting = browser.opens(callback);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await app.advance(46);
    expect(outcomeOf(await waiting)).toBe('provider_unavailable');
    expect(outcomeOf(await browser.asks({}, { account }))).toBe('connected');
  });
});

describe('a session', () => {
  it('ends after twelve hours, and by signing out', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(app);
    await browser.enters(account);
    const secret = browser.cookie('evergrant_person')!;
    await browser.posts(`${app.url}/mailboxes/sign-out`, {});
    expect(browser.cookie('evergrant_person')).toBeUndefined();
    browser.keep(`evergrant_person=${secret}`);
    expect(textOf(await browser.page())).not.toContain(account);
    await browser.enters(account);
    expect(textOf(await browser.page())).toContain(account);
    await app.advance(12 * 3600 + 1);
    expect(textOf(await browser.page())).not.toContain(account);
  });
});
