import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { passConsent, until } from '../../sandbox/index.js';
import { PersonTokens } from '../../src/identity/index.js';
import { eventsOf } from '../harness/audit-events.js';
import { Callers, type Shown, type Tenant } from '../harness/callers.js';
import { TestApp, type Answer } from '../harness/test-app.js';
import {
  authorize,
  mailboxIds,
  newAccount,
  newPersonWithMailbox,
  ourDomain,
  PersonBrowser,
  personOf,
  textOf,
  verify,
} from './people-stage.js';

const theirDomain = 'theirs.example';
/** A process that lets in nobody, beside those of the tests. */
let beside: TestApp;
let app: TestApp;
let callers: Callers;
let theirs: Shown<Tenant>;
let ourEntries: { SIGN_IN_DOMAINS: string };
const redirectUris: string[] = [];

/** One more process on the same database, to which Google returns. */
async function processWith(signIn: Record<string, string>): Promise<TestApp> {
  const started = await TestApp.start(signIn, { beside });
  redirectUris.push(`${started.url}/oauth/callback`);
  const { GOOGLE_CLIENT_ID: clientId = '', GOOGLE_CLIENT_SECRET: clientSecret = '' } = beside.environment;
  const own = `${beside.url}/oauth/callback`;
  await beside.google.registerClient({ clientId, clientSecret, redirectUris: [own, ...redirectUris] });
  return started;
}

beforeAll(async () => {
  beside = await TestApp.start();
  callers = new Callers(beside);
  theirs = await callers.tenant();
  ourEntries = { SIGN_IN_DOMAINS: `${ourDomain}, ${theirDomain}=${theirs.name}` };
  app = await processWith(ourEntries);
});
afterAll(async () => {
  await app.stop();
  await beside.stop();
});

interface PersonBody {
  id: string;
  tenantId: string;
  email: string;
  mailboxes: string[];
  clients: { id: string; clientName: string | null; instanceIds: string[] | null }[];
  lastSignInAt: string;
}

interface PeoplePage {
  items: PersonBody[];
  nextCursor: string | null;
}

describe('people over REST', () => {
  it('are told with their clients and mailboxes, page by page', async () => {
    const one = await newPersonWithMailbox(app);
    const two = await newPersonWithMailbox(app);
    const { id } = await authorize(app, one.person, { clientName: 'Claude' });
    const found: PersonBody[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: Answer<PeoplePage> = await app.api<PeoplePage>(
        'GET',
        `/api/people?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      found.push(...body.items);
      cursor = body.nextCursor;
    }
    const ids = found.map((person) => person.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.indexOf(one.person.id)).toBeLessThan(ids.indexOf(two.person.id));
    const told = found.find((person) => person.id === one.person.id)!;
    expect(told).toMatchObject({
      email: one.account,
      tenantId: one.person.tenantId,
      mailboxes: [one.instanceId],
    });
    expect(told.clients).toMatchObject([{ id, clientName: 'Claude', instanceIds: null }]);
    expect((await app.api('GET', `/api/people/${one.person.id}`)).body).toEqual(told);
    expect((await app.api('GET', `/api/people/${one.person.id}/authorizations/${id}`)).body).toEqual(
      told.clients[0],
    );
  });

  it('belong to the tenant that their entry names, and are seen by no other', async () => {
    const account = await newAccount(app, { domain: theirDomain });
    const browser = new PersonBrowser(app);
    await browser.asks({}, { account });
    const person = await personOf(app, account);
    expect(person.tenantId).toBe(theirs.id);
    expect((await app.api('GET', `/api/people/${person.id}`)).status).toBe(404);
    const named = { 'x-evergrant-tenant': theirs.name };
    expect((await app.api('GET', `/api/people/${person.id}`, undefined, named)).status).toBe(200);
  });

  it('are a matter of rights of their own', async () => {
    const { person } = await newPersonWithMailbox(app);
    const { id } = await authorize(app, person);
    const paths = [
      ['GET', '/api/people'],
      ['GET', `/api/people/${person.id}`],
      ['GET', `/api/people/${person.id}/authorizations/${id}`],
      ['DELETE', `/api/people/${person.id}/authorizations/${id}`],
      ['DELETE', `/api/people/${person.id}`],
    ] as const;
    const statuses = async (rights: string[]) => {
      const { apiKey } = await callers.key(person.tenantId, { rights });
      const found: number[] = [];
      for (const [method, path] of paths) found.push((await callers.asKey(apiKey, method, path)).status);
      return found;
    };
    expect(await statuses(['instances:read', 'instances:write'])).toEqual([403, 403, 403, 403, 403]);
    expect(await statuses(['people:read'])).toEqual([200, 200, 200, 403, 403]);
    expect(await statuses(['people:write'])).toEqual([403, 403, 403, 204, 204]);
  });

  it('that are foreign, unknown or no ids are alike not there', async () => {
    const { person } = await newPersonWithMailbox(app);
    const { id } = await authorize(app, person);
    const { apiKey } = await callers.key(theirs.id, { rights: ['people:read', 'people:write'] });
    for (const path of [
      `/api/people/${person.id}`,
      `/api/people/${person.id}/authorizations/${id}`,
      '/api/people/00000000-0000-4000-8000-000000000000',
      '/api/people/nobody',
    ])
      for (const method of ['GET', 'DELETE']) {
        const { status, body } = await callers.asKey(apiKey, method, path);
        expect([path, method, status, body.error]).toEqual([path, method, 404, 'There is no such person']);
      }
    expect((await app.api('GET', `/api/people/${person.id}`)).status).toBe(200);
  });

  it('lose what one client may do', async () => {
    const { person } = await newPersonWithMailbox(app);
    const ended = await authorize(app, person);
    const kept = await authorize(app, person);
    for (const { token } of [ended, kept]) expect(await verify(app, token)).not.toBeNull();
    const path = `/api/people/${person.id}/authorizations/${ended.id}`;
    const events = await eventsOf(app, () => app.api('DELETE', path));
    expect(events).toMatchObject([{ event: 'authorization.ended', subject: { id: ended.id } }]);
    expect(await verify(app, ended.token)).toBeNull();
    expect(await verify(app, kept.token)).not.toBeNull();
    expect((await app.api('DELETE', path)).status).toBe(404);
  });

  it.each([
    ['keep', '', true],
    ['keep', '?mailboxes=keep', true],
    ['disconnect', '?mailboxes=disconnect', false],
  ])('are ended with all they have, and their mailboxes %s (%s)', async (_what, query, isKept) => {
    const { browser, person, instanceId, account } = await newPersonWithMailbox(app);
    const { token } = await authorize(app, person);
    expect(await verify(app, token)).not.toBeNull();
    const events = await eventsOf(app, () => app.api('DELETE', `/api/people/${person.id}${query}`));
    expect(events.map(({ event }) => event)).toEqual([
      ...(isKept ? [] : ['instance.deleted']),
      'person.deleted',
    ]);
    expect(await verify(app, token)).toBeNull();
    expect(textOf(await browser.page())).not.toContain(account);
    expect((await app.api('GET', `/api/instances/${instanceId}`)).status).toBe(isKept ? 200 : 404);
    expect((await app.api('GET', `/api/people/${person.id}`)).status).toBe(404);
    await new PersonBrowser(app).enters(account);
    const again = await personOf(app, account);
    expect([again.id === person.id, await mailboxIds(app, again)]).toEqual([false, []]);
  });

  it('are deleted in no other way than one of the two', async () => {
    const { person } = await newPersonWithMailbox(app);
    const { status, body } = await app.api('DELETE', `/api/people/${person.id}?mailboxes=all`);
    expect([status, body.field]).toEqual([400, 'mailboxes']);
  });
});

describe('a person’s token', () => {
  it('tells whose it is, what it may do, and which mailboxes it opens', async () => {
    const { browser, person, instanceId } = await newPersonWithMailbox(app);
    const all = await authorize(app, person, { scopes: ['gmail:read', 'gmail:send'] });
    const one = await authorize(app, person, { instanceIds: [instanceId] });
    expect(await verify(app, all.token)).toEqual({
      ...{ tenantId: person.tenantId, personId: person.id, authorizationId: all.id },
      ...{ clientId: 'client-1', clientName: 'Claude', clientHost: null },
      ...{ scopes: ['gmail:read', 'gmail:send'], tokenId: expect.any(String) },
      ...{ resource: `${app.url}/mcp`, expiresAt: expect.any(Date), instanceIds: [instanceId] },
    });
    await verify(app, one.token);
    await browser.adds(await newAccount(app, { domain: 'private.example' }));
    const ids = await mailboxIds(app, person);
    const opened = async (token: string) => (await verify(app, token))?.instanceIds;
    await until('the new mailbox is open', async () => (await opened(all.token))?.length === 2, {
      limitMs: 1_000,
    });
    expect(await opened(all.token)).toEqual(ids);
    expect(await opened(one.token)).toEqual([instanceId]);
    await app.api('DELETE', `/api/instances/${instanceId}`);
    await until('the mailbox is gone', async () => (await opened(one.token))?.length === 0, {
      limitMs: 1_000,
    });
    expect(await opened(all.token)).toEqual(ids.slice(1));
  });

  it('opens no mailbox of another person, though its authorization names it', async () => {
    const ours = await newPersonWithMailbox(app);
    const other = await newPersonWithMailbox(app);
    const { token } = await authorize(app, ours.person, { instanceIds: [other.instanceId] });
    expect((await verify(app, token))?.instanceIds).toEqual([]);
  });

  it('ends by itself, and is not stored as it is', async () => {
    const { person } = await newPersonWithMailbox(app);
    const { token } = await authorize(app, person, { lifeSeconds: 60 });
    expect(await verify(app, token)).not.toBeNull();
    const stored = await app.dataSource.query<unknown[]>('SELECT * FROM person_tokens');
    expect(JSON.stringify(stored)).not.toContain(token);
    await app.advance(61);
    expect(await verify(app, token)).toBeNull();
  });

  it('is refused within a second by another process, when its authorization, its person or its tenant is', async () => {
    const other = await processWith(ourEntries);
    try {
      const { person } = await newPersonWithMailbox(app);
      const first = await authorize(app, person);
      const second = await authorize(app, person);
      for (const { token } of [first, second]) expect(await verify(other, token)).not.toBeNull();
      await app.api('DELETE', `/api/people/${person.id}/authorizations/${first.id}`);
      await until('the token is ended', async () => (await verify(other, first.token)) === null, {
        limitMs: 1_000,
      });
      expect(await verify(other, second.token)).not.toBeNull();
      await app.api('DELETE', `/api/people/${person.id}`);
      await until('the person is ended', async () => (await verify(other, second.token)) === null, {
        limitMs: 1_000,
      });
    } finally {
      await other.stop();
    }
  });

  it('cannot be issued under what was ended', async () => {
    const { person } = await newPersonWithMailbox(app);
    const { id } = await authorize(app, person);
    await app.api('DELETE', `/api/people/${person.id}/authorizations/${id}`);
    const given = { authorizationId: id, scopes: [], resource: app.url, lifeSeconds: 60 };
    await expect(app.part(PersonTokens).store('late', given)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('people of a tenant', () => {
  it('that is suspended act no more, and go on when it is resumed', async () => {
    const account = await newAccount(app, { domain: theirDomain });
    const browser = new PersonBrowser(app);
    await browser.asks({}, { account });
    const { token } = await authorize(app, await personOf(app, account));
    expect(await verify(app, token)).not.toBeNull();
    const callback = await passConsent(await browser.leavesFor({ person: await personOf(app, account) }), {
      account,
    });
    await app.api('PATCH', `/api/tenants/${theirs.id}`, { suspended: true });
    await expect(verify(app, token)).rejects.toMatchObject({ reason: 'tenant_suspended' });
    expect(textOf(await browser.page())).not.toContain(account);
    expect((await browser.opens(callback)).status).toBe(403);
    const end = await new PersonBrowser(app).enters(account);
    expect(end.location).toContain('outcome=not_admitted');
    await app.api('PATCH', `/api/tenants/${theirs.id}`, { suspended: false });
    expect(await verify(app, token)).not.toBeNull();
    expect(textOf(await browser.page())).toContain(account);
  });

  it('that is deleted are gone with it, and their domain lets in nobody', async () => {
    const leaving = await callers.tenant();
    const domain = 'leaving.example';
    const at = await processWith({ SIGN_IN_DOMAINS: `${domain}=${leaving.id}` });
    try {
      const account = await newAccount(at, { domain });
      const browser = new PersonBrowser(at);
      await browser.asks({}, { account });
      const { token } = await authorize(at, await personOf(at, account));
      expect(await verify(at, token)).not.toBeNull();
      await at.api('DELETE', `/api/tenants/${leaving.id}`);
      expect(await verify(at, token)).toBeNull();
      expect(textOf(await browser.page())).not.toContain(account);
      expect((await new PersonBrowser(at).enters(account)).location).toContain('outcome=not_admitted');
    } finally {
      await at.stop();
    }
  });
});

describe('an entry', () => {
  it('that is taken away takes sessions and tokens along, and one for another tenant moves nobody', async () => {
    const { account, person, browser } = await newPersonWithMailbox(app);
    const { token } = await authorize(app, person);
    const without = await processWith({ SIGN_IN_DOMAINS: `${ourDomain}=${theirs.id}` });
    try {
      expect(await verify(without, token)).toBeNull();
      const there = new PersonBrowser(without);
      there.keep(`evergrant_person=${browser.cookie('evergrant_person') ?? ''}`);
      expect(textOf(await there.page())).not.toContain(account);
      const end = await there.enters(account);
      expect(end.location).toContain('outcome=not_admitted');
      expect((await personOf(without, account)).tenantId).toBe(person.tenantId);
    } finally {
      await without.stop();
    }
  });

  it.each(['SIGN_IN_DOMAINS', 'SIGN_IN_EMAILS'])(
    'of %s for a tenant that is not there stops the start',
    async (variable) => {
      const who = variable === 'SIGN_IN_DOMAINS' ? 'x.example' : 'ann@x.example';
      const start = TestApp.start({ [variable]: `${who}=no such tenant` }, { beside });
      await expect(start).rejects.toThrow(`${variable} names a tenant that is not there`);
    },
  );

  it('is needed: without any nobody may sign in', async () => {
    const account = await newAccount(app);
    const browser = new PersonBrowser(beside);
    const end = await browser.enters(account);
    expect(end.location).toContain('outcome=not_admitted');
  });
});
