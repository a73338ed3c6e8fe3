import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { People, PersonAuthorizations, PersonMailboxes, PersonTokens } from '../../src/identity/index.js';
import { MailboxChanges, personScopes } from '../../src/instances/index.js';
import { newToken, personClient, signedIn, type SignedIn } from '../harness/signed-in.js';
import { type CreatedInstance, TestApp } from '../harness/test-app.js';
import { type Listening, listeningBy } from '../watching/listening-client.js';
import { mailboxUri, WatchedMailbox } from '../watching/watched-mailbox.js';

const settings = { scopes: [gmailScopes.readonly], toolsets: ['core', 'changes'] };

let app: TestApp;
let ada: WatchedMailbox;
let bob: WatchedMailbox;
let person: SignedIn;
beforeAll(async () => {
  app = await TestApp.start({ SIGN_IN_DOMAINS: 'sandbox.test', RATE_LIMIT_PER_MINUTE: '0' });
  ada = await WatchedMailbox.connected(app, 'ada+work@sandbox.test');
  bob = await WatchedMailbox.connected(app, 'bob@sandbox.test');
  await Promise.all([ada.watch(), bob.watch()]);
  person = await signedIn(app, { mailboxes: [ada.instance, bob.instance] });
});
afterAll(() => app.stop());

function uriOf(name: string): string {
  return `${mailboxUri}?mailbox=${encodeURIComponent(name)}`;
}

async function listening(by: Pick<SignedIn, 'token' | 'url'>, uris: string[]): Promise<Listening> {
  return listeningBy(await personClient(by), uris);
}

/** Two mailboxes of a person of their own, which nothing has connected: what they ask for says what may be done. */
async function newPerson(): Promise<{ its: SignedIn; first: CreatedInstance; second: CreatedInstance }> {
  const [first, second] = [await app.createInstance(settings), await app.createInstance(settings)];
  return { first, second, its: await signedIn(app, { mailboxes: [first, second] }) };
}

/** As a look would have seen it. */
async function changed({ id: instanceId }: { id: string }): Promise<void> {
  const [instance] = await app.dataSource.query<[{ tenantId: string }]>(
    'SELECT tenant_id AS "tenantId" FROM mcp_instances WHERE id = $1',
    [instanceId],
  );
  await app.part(MailboxChanges).add(app.dataSource, {
    ...{ ...instance, instanceId, kind: 'changed', historyId: '1' },
    ...{ messageIds: ['m'], threadIds: ['t'] },
  });
}

/** What is told of it comes after whatever changed before. */
async function changedAndTold(instance: { id: string }, listener: Listening): Promise<void> {
  const count = (): number => listener.updated.filter((uri) => uri === uriOf(instance.id)).length;
  for (let round = 1; round <= 2; round += 1) {
    const before = count();
    await changed(instance);
    await until('the update', () => count() > before);
  }
}

describe('a person’s client of revision 2026-07-28 that listens', () => {
  it('is told on one stream of each mailbox, by the URI that names it, and reads it anew', async () => {
    const client = await personClient(person);
    const { resources } = await client.listResources();
    const uris = resources.map(({ uri }) => uri);
    expect(uris).toEqual([uriOf(ada.account), uriOf(bob.account)]);
    const listener = await listeningBy(client, uris);
    expect(listener.honored).toEqual({ resourceSubscriptions: uris });
    for (const [n, mailbox] of [ada, bob].entries()) {
      const before = await client.readResource({ uri: uris[n]! });
      await mailbox.deliver();
      await mailbox.lookNow();
      await until('the update', () => listener.updated.length > n);
      expect(listener.updated).toEqual(uris.slice(0, n + 1));
      expect(await client.readResource({ uri: uris[n]! })).not.toEqual(before);
    }
    await listener.close();
  });

  it('is told of the conversation of the mailbox that it names, and of no other’s', async () => {
    const { its, first, second } = await newPerson();
    const uris = [first, second].map(({ id }) => `gmail://thread/t?mailbox=${id}`);
    const listener = await listening(its, [...uris, uriOf(first.id)]);
    await changed(second);
    await until('the update', () => listener.updated.length > 0);
    await changedAndTold(first, listener);
    expect(listener.updated.filter((uri) => uri === uris[1])).toHaveLength(1);
    expect(listener.updated.filter((uri) => uri === uris[0])).toHaveLength(2);
    await listener.close();
  });

  it.each<[string, (its: SignedIn, lost: CreatedInstance, kept: CreatedInstance) => Promise<unknown>]>([
    [
      'is not the person’s any more',
      (_its, { id }) => app.dataSource.query('DELETE FROM person_mailboxes WHERE instance_id = $1', [id]),
    ],
    ['is taken from the client', (its, _lost, { id }) => leave(its, [id])],
    [
      'has its toolset switched off',
      (_its, { id }) => app.api('PATCH', `/api/instances/${id}`, { toolsets: ['core'] }),
    ],
  ])('is told no more of a mailbox that %s, and goes on with the others', async (_what, end) => {
    const { its, first, second } = await newPerson();
    const listener = await listening(its, [uriOf(first.id), uriOf(second.id)]);
    await changedAndTold(first, listener);
    await end(its, first, second);
    await until('the end of its part', async () => {
      const told = listener.updated.filter((uri) => uri === uriOf(first.id)).length;
      await changed(first);
      await changedAndTold(second, listener);
      return listener.updated.filter((uri) => uri === uriOf(first.id)).length === told;
    });
    await listener.close();
  });

  it.each<[string, (its: SignedIn) => Promise<unknown>]>([
    ['its authorization is ended', (its) => app.part(PersonAuthorizations).end(its, its.authorizationId)],
    ['its token is revoked', ({ token }) => app.part(PersonTokens).revoke(token)],
    ['its person is deleted', ({ tenantId, personId }) => app.part(People).delete(tenantId, personId)],
    ['it is left no mailbox', (its) => leave(its, [])],
  ])('is sent away when %s', async (_what, end) => {
    const { its, first } = await newPerson();
    const untouched = await listening(person, [uriOf(bob.account)]);
    const listener = await listening(its, [uriOf(first.id)]);
    await end(its);
    expect(await listener.closed).toBe('graceful');
    await bob.deliver();
    await bob.lookNow();
    await until('what others are told', () => untouched.updated.length > 0);
    await Promise.all([listener.close(), untouched.close()]);
  });

  it('is told of a mailbox that was added later from its next stream on', async () => {
    const { its, first } = await newPerson();
    const later = await app.createInstance(settings);
    const uris = [uriOf(first.id), uriOf(later.id)];
    const before = await listening(its, uris);
    await app.part(PersonMailboxes).add(app.dataSource, its, later.id);
    // Which mailboxes a token opens is in memory, and forgotten within a second.
    const after = await until('the mailbox to join', async () => {
      const listener = await listening(its, uris);
      if ((listener.honored as { resourceSubscriptions: string[] }).resourceSubscriptions.length === 2)
        return listener;
      await listener.close();
      return null;
    });
    await changedAndTold(later, after);
    await changedAndTold(first, before);
    expect(before.updated).not.toContain(uriOf(later.id));
    await Promise.all([before.close(), after.close()]);
  });

  it('has ten streams at most, whichever of its tokens it shows', async () => {
    const { its, first } = await newPerson();
    const another = { ...its, token: await newToken(app, its) };
    const open: Listening[] = [];
    for (let count = 0; count < 10; count += 1)
      open.push(await listening(count % 2 === 0 ? its : another, [uriOf(first.id)]));
    await expect(listening(another, [uriOf(first.id)])).rejects.toThrow('Subscription limit reached');
    await Promise.all(open.map((each) => each.close()));
  });
});

/** What of its mailboxes the client may have from now on. */
function leave(its: SignedIn, instanceIds: string[]): Promise<void> {
  const { authorizationId: id, tenantId, personId, clientId } = its;
  const scopes = [...personScopes];
  return app
    .part(PersonAuthorizations)
    .save({ id, tenantId, personId, clientId, clientName: null, scopes, instanceIds });
}

describe('a mailbox that the client has not got', () => {
  let foreign: CreatedInstance[];
  beforeAll(async () => {
    const { body: tenant } = await app.api<{ id: string }>('POST', '/api/tenants', { name: 'theirs' });
    const inTheirs = { 'x-evergrant-tenant': tenant.id };
    const box = { name: 'Theirs', ...settings };
    const { body } = await app.api<CreatedInstance>('POST', '/api/instances', box, inTheirs);
    foreign = [(await newPerson()).first, body];
  });

  it('of another person or tenant is told of like one that is not there', async () => {
    const { its, first } = await newPerson();
    const own = uriOf(first.id);
    const named = [...foreign.map(({ id }) => id), ada.account, ada.instance.id].map(uriOf);
    const nothing = [uriOf(randomUUID()), uriOf('nobody@sandbox.test'), mailboxUri];
    for (const asked of [named, nothing]) {
      const alone = await listening(its, asked);
      expect(alone.honored).toEqual({});
      await alone.closed;
      await alone.close();
    }
    const listener = await listening(its, [...named, ...nothing, own]);
    expect(listener.honored).toEqual({ resourceSubscriptions: [own] });
    for (const instance of [...foreign, ada.instance]) await changed(instance);
    await changedAndTold(first, listener);
    expect(new Set(listener.updated)).toEqual(new Set([own]));
    await listener.close();
  });

  it('though it is its person’s is told of to the clients alone that have it', async () => {
    const { its, first, second } = await newPerson();
    const uris = [uriOf(first.id), uriOf(second.id)];
    await leave(its, [second.id]);
    const listener = await listening(its, uris);
    expect(listener.honored).toEqual({ resourceSubscriptions: [uris[1]] });
    await listener.close();
  });
});

describe('at the endpoint of one mailbox, a person’s client that listens', () => {
  it('is told of it, until its authorization ends', async () => {
    const { its, first, second } = await newPerson();
    const url = `${app.environment.publicUrl}/mcp/${first.id}`;
    const listener = await listening({ url, token: await newToken(app, { ...its, url }) }, [mailboxUri]);
    await changed(second);
    await changed(first);
    await until('the update', () => listener.updated.length > 0);
    expect(listener.updated).toEqual([mailboxUri]);
    await app.part(PersonAuthorizations).end(its, its.authorizationId);
    expect(await listener.closed).toBe('graceful');
    await listener.close();
  });
});

describe('a person’s client that cannot be told', () => {
  it('since no mailbox has the toolset is acknowledged, and ends at once', async () => {
    const without = await app.createInstance({ ...settings, toolsets: ['core'] });
    const its = await signedIn(app, { mailboxes: [without] });
    const listener = await listening(its, [mailboxUri]);
    expect(listener.honored).toEqual({});
    await listener.closed;
    expect(listener.client.getServerCapabilities()?.resources).toEqual({ listChanged: false });
    expect((await listener.client.listResources()).resources).toEqual([]);
    await listener.close();
  });

  it('of a mailbox, since it may not read there, is not told of it', async () => {
    const { its, first } = await newPerson();
    const scopes = ['gmail:send'] as const;
    const token = await newToken(app, its, { scopes });
    const listener = await listening({ ...its, token }, [uriOf(first.id)]);
    expect(listener.honored).toEqual({});
    await listener.close();
  });

  it('by revision 2025-11-25 is not promised it', async () => {
    const client = await personClient(person, 'legacy');
    expect(client.getServerCapabilities()?.resources).toEqual({ listChanged: false });
    await expect(client.subscribeResource({ uri: uriOf(ada.account) })).rejects.toThrow();
    await client.close();
  });
});
