import { describe, expect, it } from '@jest/globals';
import { McpServer } from '@modelcontextprotocol/server';
import { NEVER, Subject } from 'rxjs';
import type { Change, ChangeFeed } from '../../database/index.js';
import { gmailScopes } from '../../gmail/index.js';
import type { MailboxChange, MailboxChanges } from '../../instances/index.js';
import type { EndpointCaller } from '../guards/mcp-request.js';
import type { WatchMetrics } from '../watches/watch-metrics.js';
import type { ListenedMailbox } from './listened-mailboxes.js';
import type { ListenerAdmission } from './listener-admission.js';
import { MailboxListening } from './mailbox-listening.js';

const scopes = [gmailScopes.readonly];
const caller = {
  tenantId: 't',
  instances: ['ada', 'bob'].map((id) => ({
    ...{ id, email: null, credentialId: 'c', scopes, grantedScopes: scopes, toolsets: ['core', 'changes'] },
  })),
  holder: { kind: 'person', personId: 'p', authorizationId: 'a' },
  principal: { tokenId: 'k', personId: 'p' },
  tokenExpiresAt: null,
} as unknown as EndpointCaller;
const uris = ['gmail://mailbox?mailbox=ada', 'gmail://mailbox?mailbox=bob'];
const prefix = 'io.modelcontextprotocol/';

/** A stream of which each look at its admission finds those mailboxes admitted. */
async function listening(admitted: (look: number) => string[]) {
  const changes = new Map(['ada', 'bob'].map((id) => [id, new Subject<MailboxChange>()]));
  const committed = new Subject<Change[]>();
  let looks = 0;
  const part = new MailboxListening(
    { of: async (_tenantId: string, id: string) => changes.get(id) ?? NEVER } as unknown as MailboxChanges,
    { committed } as unknown as ChangeFeed,
    {
      admitted: async (_listener: unknown, mailboxes: readonly ListenedMailbox[]) => {
        looks += 1;
        return mailboxes.filter(({ instanceId }) => admitted(looks).includes(instanceId));
      },
    } as unknown as ListenerAdmission,
    { listening: () => undefined } as unknown as WatchMetrics,
  );
  const envelope = {
    [`${prefix}protocolVersion`]: '2026-07-28',
    [`${prefix}clientInfo`]: { name: 'client', version: '1' },
    [`${prefix}clientCapabilities`]: {},
  };
  const params = { notifications: { resourceSubscriptions: uris }, _meta: envelope };
  const parsedBody = { jsonrpc: '2.0', id: 1, method: 'subscriptions/listen', params };
  const headers = {
    ...{ 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    ...{ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' },
  };
  const request = new Request('http://localhost/mcp', {
    ...{ method: 'POST', headers, body: JSON.stringify(parsedBody) },
  });
  const capabilities = { resources: { subscribe: true } };
  const newServer = (): McpServer => new McpServer({ name: 's', version: '1' }, { capabilities });
  const answer = await part.answer({
    request,
    options: { parsedBody },
    caller,
    newServer,
    keepAliveMs: 10_000,
  });
  const text = answer!.text();
  return {
    /** All that was told, once the stream has ended. */
    told: async () => [...(await text).matchAll(/"uri":"([^"]*)"/g)].map(([, uri]) => uri),
    change: (id: string) =>
      changes.get(id)?.next({ messageIds: [], threadIds: [] } as unknown as MailboxChange),
    person: () =>
      committed.next([
        {
          tenantId: 't',
          callerId: 'p',
          instanceId: null,
          credentialId: null,
          watchedInstanceId: null,
        } as Change,
      ]),
    end: () => part.onModuleDestroy(),
  };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('a stream', () => {
  it('ends at once if its client has lost what it was let in for while it began', async () => {
    const stream = await listening(() => []);
    expect(await stream.told()).toEqual([]);
  });

  it('tells of each mailbox as long as it is admitted, whatever the others are', async () => {
    const stream = await listening((look) => (look === 1 ? ['ada', 'bob'] : ['bob']));
    await settled();
    stream.change('ada');
    stream.person();
    await settled();
    stream.change('ada');
    stream.change('bob');
    await stream.end();
    expect(await stream.told()).toEqual(uris);
  });

  it('does not take back what it has lost', async () => {
    const stream = await listening((look) => (look === 2 ? ['bob'] : ['ada', 'bob']));
    await settled();
    for (let look = 2; look <= 3; look += 1) {
      stream.person();
      await settled();
    }
    stream.change('ada');
    stream.change('bob');
    await stream.end();
    expect(await stream.told()).toEqual([uris[1]]);
  });

  it('ends when one mailbox after the other is lost', async () => {
    const stream = await listening((look) => [['ada', 'bob'], ['ada'], ['bob']][look - 1] ?? []);
    await settled();
    stream.person();
    await settled();
    stream.person();
    expect(await stream.told()).toEqual([]);
  });
});
