import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { TestApp } from '../harness/test-app.js';
import { type Listening, listeningBy } from './listening-client.js';
import { mailboxUri, WatchedMailbox } from './watched-mailbox.js';

let app: TestApp;
let other: TestApp;
let mailbox: WatchedMailbox;
beforeAll(async () => {
  app = await TestApp.start();
  other = await TestApp.start({}, { beside: app });
  mailbox = await WatchedMailbox.connected(app, 'listened@sandbox.test');
  await mailbox.watch();
});
afterAll(async () => {
  await other.stop();
  await app.stop();
});

async function listening(to: WatchedMailbox, uris: string[]): Promise<Listening> {
  return listeningBy(await to.client(), uris);
}

async function changed(of: WatchedMailbox): Promise<{ id: string; threadId: string }> {
  const delivered = await of.deliver();
  await of.lookNow();
  return delivered;
}

describe('a client of revision 2026-07-28 that listens', () => {
  it('is told that the mailbox has changed, and reads it anew', async () => {
    const listener = await listening(mailbox, [mailboxUri]);
    const before = await listener.client.readResource({ uri: mailboxUri });
    await changed(mailbox);
    await until('the update', () => listener.updated.length > 0);
    expect(listener.updated).toEqual([mailboxUri]);
    expect(await listener.client.readResource({ uri: mailboxUri })).not.toEqual(before);
    await listener.close();
  });

  it('is told so by whichever process it listens to', async () => {
    const elsewhere = new URL(mailbox.instance.mcpUrl);
    elsewhere.port = new URL(other.url).port;
    const there = Object.assign(Object.create(mailbox) as WatchedMailbox, {
      instance: { ...mailbox.instance, mcpUrl: elsewhere.href },
    });
    const [here, far] = [await listening(mailbox, [mailboxUri]), await listening(there, [mailboxUri])];
    await changed(mailbox);
    await until('both updates', () => here.updated.length === 1 && far.updated.length === 1);
    await Promise.all([here.close(), far.close()]);
  });

  it('is told of the conversation that it listens to, and of no other', async () => {
    const mine = await mailbox.deliver({ messageId: '<first@example.com>' });
    const quiet = await mailbox.deliver();
    await mailbox.seen(quiet.threadId);
    const uris = [`gmail://thread/${mine.threadId}`, `gmail://thread/${quiet.threadId}`];
    const listener = await listening(mailbox, [...uris, 'gmail://nothing', 'file:///etc/passwd']);
    expect(listener.honored).toEqual({ resourceSubscriptions: uris });
    await mailbox.deliver({ inReplyTo: '<first@example.com>' });
    await mailbox.lookNow();
    await until('the update', () => listener.updated.length > 0);
    expect(listener.updated).toEqual([uris[0]]);
    await listener.close();
  });

  it('is not told of another mailbox, though its resource has the same name', async () => {
    const neighbour = await WatchedMailbox.connected(app, 'neighbour@sandbox.test');
    await neighbour.watch();
    const [mine, theirs] = [await listening(mailbox, [mailboxUri]), await listening(neighbour, [mailboxUri])];
    await changed(neighbour);
    await until('their update', () => theirs.updated.length === 1);
    await changed(mailbox);
    await until('mine', () => mine.updated.length === 1);
    expect([mine.updated.length, theirs.updated.length]).toEqual([1, 1]);
    await Promise.all([mine.close(), theirs.close()]);
  });

  it('has ten streams for a token at most', async () => {
    const crowded = await WatchedMailbox.connected(app, 'crowded@sandbox.test');
    const open = [];
    for (let count = 0; count < 10; count += 1) open.push(await listening(crowded, [mailboxUri]));
    await expect(listening(crowded, [mailboxUri])).rejects.toThrow('Subscription limit reached');
    await open.pop()!.close();
    await until('the place to be free', async () => {
      const again = await listening(crowded, [mailboxUri]).catch(() => null);
      if (again !== null) open.push(again);
      return again !== null;
    });
    await Promise.all(open.map((each) => each.close()));
  });

  it.each<[string, (ended: WatchedMailbox) => Promise<unknown>]>([
    [
      'its token is taken away',
      async ({ instance }) => {
        const path = `/api/instances/${instance.id}/mcp-tokens`;
        const { body } = await app.api<{ items: { id: string }[] }>('GET', path);
        await app.api('DELETE', `${path}/${body.items[0]!.id}`);
      },
    ],
    [
      'the toolset is switched off',
      ({ instance }) => app.api('PATCH', `/api/instances/${instance.id}`, { toolsets: ['core'] }),
    ],
    ['the instance is disconnected', ({ instance }) => app.api('DELETE', `/api/instances/${instance.id}`)],
  ])('is sent away when %s', async (what, end) => {
    const ended = await WatchedMailbox.connected(app, `${what.replaceAll(' ', '-')}@sandbox.test`);
    const listener = await listening(ended, [mailboxUri]);
    await end(ended);
    expect(await listener.closed).toBe('graceful');
    await listener.close();
  });
});

describe('a client that cannot be told', () => {
  it('of an instance without the toolset is acknowledged, and ends at once', async () => {
    const without = await WatchedMailbox.connected(app, 'without@sandbox.test', {
      ...{ scopes: [gmailScopes.readonly], toolsets: ['core'] },
    });
    const listener = await listening(without, [mailboxUri]);
    expect(listener.honored).toEqual({});
    await listener.closed;
    expect(listener.client.getServerCapabilities()?.resources).toEqual({ listChanged: false });
    await listener.close();
  });

  it('of revision 2025-11-25 is not promised it, and asks with list_changes', async () => {
    const client = await mailbox.client('legacy');
    expect(client.getServerCapabilities()?.resources).toEqual({ listChanged: false });
    await expect(client.subscribeResource({ uri: mailboxUri })).rejects.toThrow();
    const watched = await client.callTool({ name: 'watch_mailbox', arguments: {} });
    expect(watched.isError).not.toBe(true);
    await client.close();
  });
});
