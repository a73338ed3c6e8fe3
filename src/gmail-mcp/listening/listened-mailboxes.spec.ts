import { describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../gmail/index.js';
import type { PersonScope } from '../../instances/index.js';
import type { EndpointCaller } from '../guards/mcp-request.js';
import type { OpenedInstance } from '../tool-permission.js';
import { type ListenedMailbox, listenedMailboxes, updatedIn } from './listened-mailboxes.js';

const clientScopes: readonly PersonScope[] = ['gmail:read'];

function instance(id: string, change: Partial<OpenedInstance> = {}): OpenedInstance {
  const scopes = [gmailScopes.readonly];
  const switchedOn = { toolsets: ['core', 'changes'], readOnly: true, credentialId: 'c' };
  const named = { id, email: `${id}+x@example.com`, clientScopes };
  return { ...named, scopes, grantedScopes: scopes, ...switchedOn, ...change } as OpenedInstance;
}
const [ada, bob] = [instance('ada'), instance('bob')];

function person(...instances: OpenedInstance[]): EndpointCaller {
  return { instances } as unknown as EndpointCaller;
}
function listened(asked: unknown[], caller: EndpointCaller): Record<string, unknown> {
  return Object.fromEntries(
    listenedMailboxes(asked, caller).map(({ instanceId, uris }) => [instanceId, Object.fromEntries(uris)]),
  );
}

describe('a person’s client listens', () => {
  it('to each mailbox by the URIs that name it, by address in any case or by id', () => {
    const byAddress = 'gmail://mailbox?mailbox=ADA%2Bx%40example.com';
    expect(
      listened([byAddress, 'gmail://mailbox?mailbox=ada', 'gmail://thread/t?mailbox=bob'], person(ada, bob)),
    ).toEqual({
      ada: { [byAddress]: 'gmail://mailbox', 'gmail://mailbox?mailbox=ada': 'gmail://mailbox' },
      bob: { 'gmail://thread/t?mailbox=bob': 'gmail://thread/t' },
    });
  });

  it.each<[string, unknown[], OpenedInstance[]]>([
    ['that is named as another one’s', ['gmail://mailbox?mailbox=eve'], [ada, bob]],
    ['that is not named where there are several', ['gmail://mailbox'], [ada, bob]],
    ['where there is none', ['gmail://mailbox', 'gmail://mailbox?mailbox=ada'], []],
    ['without the toolset', ['gmail://mailbox'], [instance('ada', { toolsets: ['core'] })]],
    [
      'without a scope of the client’s',
      ['gmail://mailbox'],
      [instance('ada', { clientScopes: ['gmail:send'] })],
    ],
    ['by what is no resource', [7, null, 'file:///etc/passwd?mailbox=ada'], [ada, bob]],
  ])('to no mailbox %s', (_which, asked, instances) => {
    expect(listened(asked, person(...instances))).toEqual({});
  });

  it('to the only one without its name', () => {
    expect(listened(['gmail://mailbox'], person(ada))).toEqual({
      ada: { 'gmail://mailbox': 'gmail://mailbox' },
    });
  });

  it('to so many at most, over all mailboxes', () => {
    const many = Array.from(
      { length: 500 },
      (_, n) => `gmail://thread/${n}?mailbox=${n % 2 ? 'ada' : 'bob'}`,
    );
    const uris = listenedMailboxes(many, person(ada, bob)).flatMap((each) => [...each.uris]);
    expect(uris).toHaveLength(200);
  });
});

it('an MCP token listens to its one mailbox, by the URIs as they are', () => {
  const caller = { instance: ada } as unknown as EndpointCaller;
  expect(listened(['gmail://mailbox', 'gmail://nothing'], caller)).toEqual({
    ada: { 'gmail://mailbox': 'gmail://mailbox' },
  });
});

it('a change is told by the URIs of the client', () => {
  const [mailbox] = listenedMailboxes(
    ['gmail://mailbox?mailbox=ada', 'gmail://thread/t?mailbox=ada', 'gmail://thread/u?mailbox=ada'],
    person(ada, bob),
  ) as [ListenedMailbox];
  const change = {
    id: '1',
    instanceId: 'ada',
    kind: 'changed',
    historyId: '1',
    messageIds: [],
    threadIds: ['t'],
  } as const;
  expect(updatedIn(mailbox, { ...change, messageIds: [], threadIds: ['t'] })).toEqual([
    'gmail://mailbox?mailbox=ada',
    'gmail://thread/t?mailbox=ada',
  ]);
});
