import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { structureUrl, unfenced } from '../harness/structured-answers.js';
import { TestApp } from '../harness/test-app.js';
import { callTool } from '../scopes/mcp-agent.js';

type Fields = Record<string, unknown>;

let app: TestApp;
let mailbox: TestMailbox;
/** Oldest first, all of one thread. */
const messageIds: string[] = [];
let threadId: string;

const said = [
  'Shall we meet in Ghent on Friday to talk about the budget for next year?',
  'I would rather come on Monday, since the trains are late at weekends.',
  'Monday it is, at ten in the morning in the room under the roof.',
  'Good, I bring the figures of all four departments and some waffles.',
];

beforeAll(async () => {
  app = await TestApp.start();
  mailbox = await newMailbox(app);
  let quoted = '';
  for (const [index, own] of said.entries()) {
    const text =
      quoted === '' ? own : `${own}\n\nOn Fri, 3 Jul 2026 at 10:0${index} Ada <a@x.test> wrote:\n${quoted}`;
    const delivered = await app.google.deliver(mailbox.account, {
      from: `Person ${index} <p${index}@team.example>`,
      subject: index === 0 ? 'Offsite' : 'Re: Offsite',
      date: `2026-07-03T1${index}:00:00Z`,
      messageId: `<${index}@team.example>`,
      ...(index > 0 && { inReplyTo: `<${index - 1}@team.example>` }),
      body: { contentType: 'text/plain', text },
    });
    messageIds.push(delivered.id);
    threadId = delivered.threadId;
    quoted = text.replaceAll(/^/gm, '> ');
  }
});
afterAll(() => app.stop());

describe.each(['auto', 'legacy'] as const)('an agent that reads (%s)', (mode) => {
  let client: Client;
  beforeAll(async () => {
    client = new Client({ name: 'evergrant-tests', version: '1.0.0' }, { versionNegotiation: { mode } });
    const requestInit = { headers: { authorization: `Bearer ${mailbox.mcpToken}` } };
    await client.connect(new StreamableHTTPClientTransport(structureUrl(mailbox.mcpUrl), { requestInit }));
    // A client checks structured content against the output schemas that it has listed.
    await client.listTools();
  });
  afterAll(() => client.close());

  async function call<Answer = Fields>(name: string, input: Fields = {}): Promise<Answer> {
    const result = await client.callTool({ name, arguments: input });
    if (result.isError === true) throw new Error(`${name}: ${JSON.stringify(result.content)}`);
    return unfenced(result.structuredContent) as Answer;
  }

  it('finds a conversation by an old message of it, and learns how much there is', async () => {
    expect(await call('search_threads', { query: 'from:p0@team.example' })).toMatchObject({
      threads: [
        {
          threadId,
          subject: 'Offsite',
          totalMessages: 4,
          matchedMessages: 1,
          messages: [
            { id: messageIds[3], matched: false },
            { id: messageIds[2], matched: false },
            { id: messageIds[0], matched: true },
          ],
          messagesNotShown: 1,
        },
      ],
      matchesComplete: true,
    });
  });

  it('reads it newest first, each sentence once', async () => {
    const { messages } = await call<{ messages: { body: { text: string } }[] }>('get_thread', { threadId });
    const texts = messages.map(({ body }) => body.text);

    expect(texts.map((text) => text.split('\n')[0])).toEqual(said.toReversed());
    for (const sentence of said) expect(texts.join('\n').split(sentence)).toHaveLength(2);
    expect(texts[0]).toMatch(/\[\d+ characters quoted from older messages left out\]$/);
    const expanded = await call<{ messages: { body: { text: string } }[] }>('get_thread', {
      threadId,
      expandQuotes: true,
    });
    expect(expanded.messages[0]?.body.text).toContain(`> > > ${said[0]!}`);
  });

  it('reads several messages at once, and hears which one is not there', async () => {
    const { messages } = await call<{ messages: Fields[] }>('get_messages', {
      messageIds: [...messageIds, 'ffffffffffffffff'],
    });

    expect(messages.map(({ id, status }) => [id, status])).toEqual([
      ...messageIds.map((id) => [id, 'ok']),
      ['ffffffffffffffff', 'not_found'],
    ]);
    expect(messages[3]).toMatchObject({ threadId, subject: 'Re: Offsite' });
  });

  it('hears what is new since a cursor, also from another replica, and when to begin anew', async () => {
    const { cursor } = await call<{ cursor: string }>('list_changes');
    expect(await call('list_changes', { cursor })).toMatchObject({ status: 'changes', newMessages: [] });
    const { id } = await app.google.deliver(mailbox.account, {
      from: 'news@x.test',
      subject: 'News',
      body: { contentType: 'text/plain', text: 'New' },
    });
    const replica = await TestApp.start({}, { beside: app });
    const mcpUrl = `${replica.url}/mcp/${mailbox.id}`;
    const { structured } = await callTool({ ...mailbox, mcpUrl }, 'list_changes', { cursor });
    await replica.stop();

    expect(structured).toMatchObject({ status: 'changes', newMessages: [{ id, subject: 'News' }] });
    expect(await call('list_changes', { cursor: structured.cursor })).toMatchObject({ newMessages: [] });
    await app.google.addFault({
      target: 'gmail',
      match: { path: '/gmail/v1/users/me/history' },
      fault: { kind: 'error', status: 404, body: { error: { code: 404, status: 'NOT_FOUND' } } },
    });
    const stale = await call('list_changes', { cursor });
    await app.google.clearFaults();
    expect(stale).toMatchObject({ status: 'resync', advice: expect.stringMatching(/after:\d+/) });
    expect(await call('list_changes', { cursor: stale.cursor })).toMatchObject({ status: 'changes' });
  });

  it('learns whose mailbox it is', async () => {
    expect(await call('get_profile')).toMatchObject({
      email: mailbox.account,
      messagesTotal: expect.any(Number),
    });
  });
});
