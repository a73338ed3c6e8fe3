import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OwnerSessions, PersonSessions, PersonWidenings } from '../../src/identity/index.js';
import { formToken } from '../../src/pages/index.js';
import { formToken as approvalToken } from '../../src/policy/approvals/form-token.js';
import { holdMail } from '../approvals/held-acts.js';
import { HttpBrowser } from '../harness/http-browser.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { signedIn, type SignedIn } from '../harness/signed-in.js';
import { TestApp } from '../harness/test-app.js';
import { Attempt, register } from '../sign-in/scripted-client.js';
import { aimsAtNothing, doors, type Aims, type Door, type Knocking } from './open-doors.js';
import { guardedOperations } from './operations.js';
import { household, rowsOf, type Household } from './two-tenants.js';

type BrowserDoor = Extract<Door, { opensTo: 'browser' }>;

/** Has the tenants, of which the other is told at its start who signs in to which. */
let first: TestApp;
let app: TestApp;
let theirs: Household;
let victim: SignedIn;
let mailbox: TestMailbox;
let aims: Aims;
let contentDigest: string;
/** The browser that the client's request opened. */
let deciding: HttpBrowser;
/** By whom each is used. */
let browsers: Record<string, Browser>;

interface Browser extends Knocking {
  cookie: string;
}

beforeAll(async () => {
  first = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0' });
  theirs = await household(first, 'theirs');
  const signIn = { SIGN_IN_DOMAINS: `sandbox.test,other.test=${theirs.tenantId}` };
  app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: '0', ...signIn }, { beside: first });
  mailbox = await newMailbox(first);
  const scopes = ['gmail:read', 'gmail:write'];
  victim = await signedIn(app, { mailboxes: [mailbox], clientName: 'Canary client', scopes });
  const held = await holdMail(app, { tenantId: victim.tenantId, id: mailbox.id });
  contentDigest = held.contentDigest;
  const { body } = await register(app, { client_name: 'Canary asker' });
  deciding = new HttpBrowser([app.environment.publicUrl]);
  const page = await deciding.open(new Attempt(app, String(body.client_id)).url);
  const wish = { scopes: ['gmail:send'], instanceId: null };
  const link = await app.part(PersonWidenings).issue(victim.authorizationId, wish);
  aims = {
    ...{ instanceId: mailbox.id, authorizationId: victim.authorizationId, approvalId: held.id },
    interaction: page.url.pathname.split('/').at(-1)!,
    wideningTicket: link!.split('/').at(-1)!,
  };
  browsers = await wrongBrowsers();
  // Not before all others are there: whatever opens a session deletes those that are over.
  await app.dataSource.query(
    "UPDATE person_sessions SET expires_at = evergrant_now() - interval '1 s' WHERE person_id = $1",
    [victim.personId],
  );
});
afterAll(async () => {
  await app.stop();
  await first.stop();
});

function used(cookie: string, secret: string, personId: string = randomUUID()): Browser {
  return {
    ...{ cookie, personId, contentDigest, mailboxesToken: formToken(secret, 'mailboxes') },
    approvalToken: (id) => approvalToken(secret, { id, contentDigest }),
    wideningToken: (ticket) => formToken(secret, `widening ${ticket} ${personId}`),
  };
}

async function sessionOf({ personId, tenantId }: SignedIn): Promise<Browser> {
  const secret = await app.part(PersonSessions).open({ id: personId, tenantId });
  return used(`evergrant_person=${secret}`, secret, personId);
}

function secretOf({ cookie }: Browser): string {
  return cookie.split('=')[1] ?? '';
}

async function wrongBrowsers(): Promise<Record<string, Browser>> {
  const madeUp = 'A'.repeat(43);
  const neighbour = await signedIn(app, { mailboxes: [await newMailbox(first)] });
  const stranger = await signedIn(app, {
    ...{ email: `${randomUUID()}@other.test`, mailboxes: [theirs.instance] },
  });
  const [signedOut, over] = [await sessionOf(victim), await sessionOf(victim)];
  await app.part(PersonSessions).close(secretOf(signedOut));
  const { tenantId } = victim;
  const owner = await app.part(OwnerSessions).open({
    ...{ tenantId, provider: 'google', subject: 'another', email: 'another@sandbox.test' },
  });
  return {
    'no session': used('', madeUp),
    'a made-up session': used(`evergrant_person=${madeUp}; evergrant_owner=${madeUp}`, madeUp),
    'another person of the tenant': await sessionOf(neighbour),
    'a person of another tenant': await sessionOf(stranger),
    'the person, signed out': signedOut,
    'the person, whose session is over': over,
    'the console of another tenant': used(theirs.sessionCookie, secretOf(used(theirs.sessionCookie, ''))),
    'the owner of another mailbox': used(`evergrant_owner=${owner}`, owner),
  };
}

const all: [string, BrowserDoor][] = Object.entries(doors).flatMap(([name, door]) =>
  door.opensTo === 'browser' ? [[name, door]] : [],
);

async function knock(
  name: string,
  door: BrowserDoor,
  browser: Browser,
  at: Aims,
): Promise<{ status: number; location: string | null; text: string }> {
  const [method = ''] = name.split(' ');
  const { publicUrl } = app.environment;
  const fields = door.fields?.(browser, at);
  const answer = await fetch(publicUrl + door.path(at), {
    ...{ method, redirect: 'manual' },
    headers: { cookie: browser.cookie, origin: publicUrl, 'sec-fetch-site': 'same-origin' },
    ...(fields === undefined ? {} : { body: new URLSearchParams(fields) }),
  });
  const plain = (text: string): string =>
    Object.entries<string>({ ...at }).reduce((told, [key, id]) => told.replaceAll(id, `<${key}>`), text);
  const location = answer.headers.get('location');
  return {
    status: answer.status,
    location: location === null ? null : withoutChance(plain(location)),
    text: withoutChance(plain(await answer.text())),
  };
}

/** What is drawn anew for each way to Google. */
function withoutChance(text: string): string {
  return text.replaceAll(/([?&](?:state|code_challenge|nonce)=)[^&"]+/g, '$1…');
}

function marks(): string[] {
  const { personId, clientId, token } = victim;
  return [...[personId, clientId, token, mailbox.account], ...['Canary', contentDigest]];
}

async function everything(): Promise<unknown> {
  const mailboxes = await app.dataSource.query<unknown>(
    'SELECT * FROM person_mailboxes ORDER BY instance_id',
  );
  return { mailboxes, rows: await rowsOf(app, victim.tenantId) };
}

it('each route asks for a key, or says here what opens it', () => {
  const guarded = new Set(guardedOperations().map(({ name }) => name));
  const named = (route: string): string => route.replaceAll(/:(\w+)/g, '{$1}');
  const open = app.routes.filter((route) => {
    const [method = '', path = ''] = route.split(' ');
    const isOfMcp = /^\/mcp(\/|$)/.test(path);
    // The endpoint answers 405 to all other methods behind its guards, and OPTIONS is CORS's.
    return !guarded.has(named(route)) && (isOfMcp ? method === 'POST' : !/^(HEAD|OPTIONS)$/.test(method));
  });
  expect([...new Set(open)].sort()).toEqual(Object.keys(doors).sort());
});

describe.each(all)('%s', (name, door) => {
  it('answers every wrong browser, and alike whether what it is after is there or not', async () => {
    const before = await everything();
    for (const [who, browser] of Object.entries(browsers)) {
      const there = await knock(name, door, browser, aims);
      const nowhere = await knock(name, door, browser, aimsAtNothing(aims));
      expect({ who, ...there }).toEqual({ who, ...nowhere });
      for (const mark of marks())
        expect({ who, mark, told: there.text.includes(mark) }).toEqual({ who, mark, told: false });
    }
    expect(await everything()).toEqual(before);
  });
});

describe('the right browser', () => {
  it('is shown what the others are not: the person their mailboxes', async () => {
    const own = await sessionOf(victim);
    const page = await knock('GET /mailboxes', doors['GET /mailboxes'] as BrowserDoor, own, aims);
    for (const mark of [mailbox.account, 'Canary client']) expect(page.text).toContain(mark);
  });

  it('of the person is none for an approval: its mailbox’s owner signs in for that alone', async () => {
    const own = await sessionOf(victim);
    for (const [name, door] of all.filter(([each]) => each.includes('/approvals/')))
      expect(await knock(name, door, own, aims)).toEqual(await knock(name, door, own, aimsAtNothing(aims)));
    const [row] = await app.dataSource.query<{ provider: string; subject: string }[]>(
      `SELECT c.provider, c.subject FROM mcp_credentials c JOIN mcp_instances i ON i.credential_id = c.id
       WHERE i.id = $1`,
      [mailbox.id],
    );
    const { tenantId } = victim;
    const owner = await app.part(OwnerSessions).open({ tenantId, ...row!, email: mailbox.account });
    const asOwner = used(`evergrant_owner=${owner}`, owner);
    const name = 'GET /approvals/:id';
    const page = await knock(name, doors[name] as BrowserDoor, asOwner, aims);
    expect(page.text).toContain('Canary subject');
  });

  it('decides on what a client asks, and none that only the person is signed in in', async () => {
    const own = await sessionOf(victim);
    for (const [name, door] of all.filter(([each]) => /\/(sign-in|authorize)\/:uid/.test(each)))
      expect(await knock(name, door, own, aims)).toEqual(await knock(name, door, own, aimsAtNothing(aims)));
    const shown = await deciding.open(`${app.environment.publicUrl}/sign-in/${aims.interaction}`);
    expect(shown.text).toContain('Canary asker');
  });
});
