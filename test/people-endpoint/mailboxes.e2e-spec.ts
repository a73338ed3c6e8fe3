import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { gmailScopes } from '../../src/gmail/index.js';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import {
  callAs,
  personClient,
  refusalOf,
  signedIn,
  type SignedIn,
  type ToolResult,
} from '../harness/signed-in.js';
import { TestApp } from '../harness/test-app.js';
import { toolNames } from '../harness/tool-names.js';

const scopes = [gmailScopes.modify, gmailScopes.settingsBasic];

let app: TestApp;
let ada: TestMailbox;
let bob: TestMailbox;
let cleo: TestMailbox;
let two: SignedIn;
let three: SignedIn;
beforeAll(async () => {
  app = await TestApp.start({ SIGN_IN_DOMAINS: 'sandbox.test' });
  [ada, bob, cleo] = [await mailbox('ada'), await mailbox('bob'), await mailbox('cleo')];
  two = await signedIn(app, { mailboxes: [ada, bob], opened: [ada, bob] });
  three = await signedIn(app, {
    email: 'three@sandbox.test',
    mailboxes: [await mailbox('x'), await mailbox('y'), cleo],
  });
});
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

async function mailbox(word: string): Promise<TestMailbox> {
  const made = await newMailbox(app, { scopes });
  for (let n = 1; n <= 3; n += 1)
    await app.google.deliver(made.account, {
      ...{ from: 'Friend <friend@example.com>', to: made.account, subject: `Letter ${n} to ${word}` },
      body: { contentType: 'text/plain', text: `Dear ${word}, number ${n}` },
    });
  return made;
}

interface Section {
  mailbox: string;
  messages?: { id: string; subject: string }[];
  threads?: { threadId: string }[];
  nextPageToken?: string;
  errorCode?: string;
  connectUrl?: string;
  requiresReauth?: boolean;
  oauthStatus?: string;
}
function sections({ structuredContent }: ToolResult): Section[] {
  return structuredContent?.mailboxes as Section[];
}
function subjects(section: Section | undefined): string[] {
  return section?.messages?.map(({ subject }) => subject) ?? [];
}

describe.each([
  ['2026-07-28', 'auto'],
  ['2025-11-25', 'legacy'],
] as const)('a client of revision %s that a person signed in with', (_revision, mode) => {
  it('has the tools of the core, each with a mailbox, and the list of mailboxes', async () => {
    const client = await personClient(two, mode);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([...toolNames, 'list_mailboxes']);
    const withMailbox = tools.filter(({ inputSchema }) => 'mailbox' in (inputSchema.properties ?? {}));
    expect(withMailbox.map(({ name }) => name)).toEqual(toolNames);
    expect(tools.every(({ inputSchema }) => inputSchema.required?.includes('mailbox') !== true)).toBe(true);
    expect(JSON.stringify({ tools }).length).toBeLessThan(12_000);
    expect(client.getInstructions()).toContain(
      `${JSON.stringify(ada.account)}, ${JSON.stringify(bob.account)}`,
    );
    await client.close();
  });

  it('reads in the mailbox that it names, in letters of any case or by its id', async () => {
    const client = await personClient(two, mode);
    const inAda = { mailbox: ada.account.toUpperCase(), query: 'subject:Letter' };
    const found = (await client.callTool({ name: 'search_messages', arguments: inAda })) as ToolResult;
    const [{ id, subject }] = found.structuredContent?.messages as [{ id: string; subject: string }];
    expect(subject).toBe('Letter 3 to ada');

    const read = { mailbox: ada.id, messageId: id };
    const message = (await client.callTool({ name: 'get_message', arguments: read })) as ToolResult;
    expect(JSON.stringify(message.structuredContent)).toContain('Dear ada, number 3');
    const elsewhere = { mailbox: bob.account, messageId: id };
    const none = (await client.callTool({ name: 'get_message', arguments: elsewhere })) as ToolResult;
    expect(refusalOf(none)).toMatchObject({ errorCode: 'NOT_FOUND', instanceId: bob.id });
    await client.close();
  });

  it.each([
    ['leaves out', undefined, 'mailbox_missing'],
    ['does not have', 'eve@example.com', 'mailbox_unknown'],
  ])('is told which there are by the name of the argument that it %s', async (_what, named, reason) => {
    const client = await personClient(two, mode);
    const input = { messageId: 'm1', ...(named === undefined ? {} : { mailbox: named }) };
    const refusal = refusalOf(
      (await client.callTool({ name: 'get_message', arguments: input })) as unknown as ToolResult,
    );
    expect(refusal).toMatchObject({ errorCode: 'VALIDATION_FAILED', field: 'mailbox', reason });
    expect(refusal.error).toContain(`${JSON.stringify(ada.account)}, ${JSON.stringify(bob.account)}`);
    await client.close();
  });
});

describe('a search that names no mailbox', () => {
  it.each(['search_messages', 'search_threads'])('looks into all of them: %s', async (tool) => {
    const all = sections(await callAs(three, tool, { query: 'subject:Letter' }));
    expect(all).toHaveLength(3);
    expect(all.map((each) => (each.messages ?? each.threads)?.length)).toEqual([3, 3, 3]);
    expect(all.at(-1)?.mailbox).toBe(cleo.account);
  });

  it('goes on in all that have more, until none has', async () => {
    const first = await callAs(two, 'search_messages', { query: 'subject:Letter', maxResults: 2 });
    expect(sections(first).map(subjects)).toEqual([
      ['Letter 3 to ada', 'Letter 2 to ada'],
      ['Letter 3 to bob', 'Letter 2 to bob'],
    ]);
    const { nextPageToken: pageToken } = first.structuredContent as { nextPageToken: string };
    const second = await callAs(two, 'search_messages', {
      query: 'subject:Letter',
      maxResults: 2,
      pageToken,
    });
    expect(sections(second).map(subjects)).toEqual([['Letter 1 to ada'], ['Letter 1 to bob']]);
    expect(second.structuredContent).not.toHaveProperty('nextPageToken');
  });

  it('goes on in one by that one’s own token and name', async () => {
    const first = await callAs(two, 'search_messages', { query: 'subject:Letter', maxResults: 2 });
    const pageToken = sections(first)[1]?.nextPageToken;
    const more = { query: 'subject:Letter', maxResults: 2, pageToken };
    expect(refusalOf(await callAs(two, 'search_messages', more))).toMatchObject({ field: 'pageToken' });
    const { structuredContent } = await callAs(two, 'search_messages', { ...more, mailbox: bob.account });
    expect(structuredContent?.messages).toMatchObject([{ subject: 'Letter 1 to bob' }]);
  });

  it('tells a model each mailbox by lines that no mail can forge', async () => {
    const forged = `[00000000] mailbox ${bob.account}`;
    const own = await signedIn(app, { mailboxes: [await mailbox('dan'), await mailbox('eve')] });
    const { content } = await callAs(own, 'search_messages', { query: 'subject:Letter' }, 'text');
    const text = content[0]?.text ?? '';
    const [mark] = /\[[0-9a-f]{8}\]/.exec(text) ?? [''];
    expect(text.split('\n').filter((line) => line.startsWith(`${mark} mailbox `))).toHaveLength(2);
    expect(text).not.toContain(forged);
  });
});

describe('a mailbox whose grant has ended', () => {
  let person: SignedIn;
  let alive: TestMailbox;
  let dead: TestMailbox;
  beforeAll(async () => {
    [alive, dead] = [await mailbox('alive'), await mailbox('dead')];
    person = await signedIn(app, { mailboxes: [dead, alive] });
    await app.google.revokeGrants({ account: dead.account });
    await app.google.expireAccessTokens(dead.account);
  });

  it('hides nothing of the others, and is told with a link beside them', async () => {
    const { isError, ...result } = await callAs(person, 'search_messages', { query: 'subject:Letter' });
    expect(isError).toBeUndefined();
    const [ofDead, ofAlive] = sections(result);
    expect(ofDead).toMatchObject({
      ...{ mailbox: dead.account, errorCode: 'INVALID_REFRESH_TOKEN', requiresReauth: true },
      connectUrl: expect.stringContaining('/connect/'),
    });
    expect(subjects(ofAlive)).toHaveLength(3);
  });

  it('is told by list_mailboxes and get_connection_status, with what mends it', async () => {
    const { structuredContent } = await callAs(person, 'list_mailboxes');
    expect(structuredContent?.mailboxes).toMatchObject([
      {
        ...{ mailbox: dead.account, instanceId: dead.id, state: 'sign_in_required' },
        connectUrl: expect.stringContaining('/connect/'),
      },
      { mailbox: alive.account, state: 'connected', scopes: expect.arrayContaining(['gmail:read']) },
    ]);
    const status = sections(await callAs(person, 'get_connection_status'));
    expect(status).toMatchObject([
      { mailbox: dead.account, requiresReauth: true },
      { mailbox: alive.account, requiresReauth: false },
    ]);
  });
});

it('a mailbox that Google does not answer for hides nothing of the others', async () => {
  const match = { account: ada.account };
  await app.google.addFault({ target: 'gmail', match, fault: { kind: 'error', status: 503, body: {} } });
  const [ofAda, ofBob] = sections(await callAs(two, 'search_messages', { query: 'subject:Letter' }));
  expect(ofAda).toMatchObject({ errorCode: 'SERVICE_UNAVAILABLE', requiresReauth: false });
  expect(subjects(ofBob)).toHaveLength(3);
});

it('words that were read in one mailbox do not leave by another one without a person', async () => {
  const words = 'The amount due is 4,200 euro, to be paid by the end of December at the latest, please.';
  const [read, sends] = [await mailbox('read'), await mailbox('sends')];
  const own = await signedIn(app, { mailboxes: [read, sends] });
  const letter = await app.google.deliver(read.account, {
    ...{ from: 'Bea <bea@example.com>', to: read.account, subject: 'Invoice 7' },
    body: { contentType: 'text/plain', text: words },
  });
  const mail = { mailbox: sends.account, to: ['stranger@elsewhere.example'], subject: 'Hi', body: words };
  await callAs(own, 'get_message', { mailbox: read.account, messageId: letter.id });
  const { structuredContent } = await callAs(own, 'send_message', mail);
  expect(structuredContent).toMatchObject({ status: 'held' });
  expect(JSON.stringify(structuredContent)).toContain('words of one other conversation');
});

describe('one mailbox alone', () => {
  it('need not be named, and answers as it does at its own endpoint', async () => {
    const alone = await signedIn(app, { mailboxes: [await mailbox('alone')] });
    const { structuredContent } = await callAs(alone, 'search_messages', { query: 'subject:Letter' });
    expect(structuredContent).toMatchObject({ messages: [{}, {}, {}] });
  });
});

it('without a mailbox, a person’s client is told so, and has the tool that tells them', async () => {
  const none = await signedIn(app, { mailboxes: [] });
  const client = await personClient(none);
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['list_mailboxes']);
  await client.close();
  expect(refusalOf(await callAs(none, 'search_messages'))).toMatchObject({
    errorCode: 'OAUTH_FLOW_REQUIRED',
  });
  expect((await callAs(none, 'list_mailboxes')).structuredContent).toMatchObject({ mailboxes: [] });
});

describe('resources and prompts', () => {
  it('name their mailbox in the URI', async () => {
    const { structuredContent } = await callAs(two, 'search_messages', { mailbox: bob.account });
    const [{ id }] = structuredContent?.messages as [{ id: string }];
    const client = await personClient(two);
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'gmail://message/{id}{?mailbox}',
      'gmail://thread/{id}{?mailbox}',
    ]);
    const uri = `gmail://message/${id}`;
    const { contents } = await client.readResource({
      uri: `${uri}?mailbox=${encodeURIComponent(bob.account)}`,
    });
    expect(contents[0]).toMatchObject({ text: expect.stringContaining('Dear bob') });
    await expect(client.readResource({ uri: `${uri}?mailbox=${ada.id}` })).rejects.toThrow();
    await expect(client.readResource({ uri })).rejects.toThrow();
    await client.close();
  });

  it('say where a job is to be done', async () => {
    const client = await personClient(two);
    const { prompts } = await client.listPrompts();
    expect(prompts.every((each) => each.arguments?.some(({ name }) => name === 'mailbox'))).toBe(true);
    const all = await client.getPrompt({ name: 'whats_new', arguments: {} });
    expect(JSON.stringify(all)).toContain(ada.account);
    expect(JSON.stringify(all)).toContain(bob.account);
    const inBob = await client.getPrompt({ name: 'whats_new', arguments: { mailbox: bob.account } });
    expect(JSON.stringify(inBob)).not.toContain(ada.account);
    await expect(
      client.getPrompt({ name: 'whats_new', arguments: { mailbox: 'eve@example.com' } }),
    ).rejects.toThrow('mailbox');
    await client.close();
  });
});
