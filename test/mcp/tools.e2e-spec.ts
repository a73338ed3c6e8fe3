import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { connectMailbox } from '../../sandbox/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { structureUrl, unfenced } from '../harness/structured-answers.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';

type Fields = Record<string, unknown>;

/** An agent with one mailbox. */
class Agent {
  private constructor(
    readonly instance: CreatedInstance,
    private readonly client: Client,
  ) {}

  static async connect(account: string, scopes?: string[]): Promise<Agent> {
    const instance = await app.createInstance(scopes === undefined ? {} : { scopes });
    await app.connect(instance.id, { account });
    const client = new Client({ name: 'evergrant-tests', version: '1.0.0' });
    const requestInit = { headers: { authorization: `Bearer ${instance.mcpToken}` } };
    await client.connect(new StreamableHTTPClientTransport(structureUrl(instance.mcpUrl), { requestInit }));
    return new Agent(instance, client);
  }

  async call<Answer = Fields>(name: string, input: Fields = {}): Promise<Answer> {
    const result = await this.client.callTool({ name, arguments: input });
    if (result.isError === true) throw new Error(`${name}: ${JSON.stringify(result.content)}`);
    return unfenced(result.structuredContent) as Answer;
  }

  /** The error fields of a call that has to fail. */
  async refusal(name: string, input: Fields = {}): Promise<Fields> {
    const result = await this.client.callTool({ name, arguments: input });
    expect(result.isError).toBe(true);
    const last = result.content.at(-1);
    return JSON.parse(last?.type === 'text' ? last.text : '') as Fields;
  }

  async search(query: string): Promise<{ id: string; threadId: string; subject: string }[]> {
    const { messages } = await this.call<{ messages: { id: string; threadId: string; subject: string }[] }>(
      'search_messages',
      { query },
    );
    return messages;
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

interface Thread {
  messages: { id: string; from: string; labelIds: string[]; body: { text: string } }[];
}

let app: TestApp;
let demo: Agent;
let alex: Agent;
beforeAll(async () => {
  app = await TestApp.start();
  demo = await Agent.connect('demo@sandbox.test', [gmailScopes.modify]);
  alex = await Agent.connect('alex@sandbox.test', [gmailScopes.modify]);
});
afterAll(async () => {
  await demo.close();
  await alex.close();
  await app.stop();
});
afterEach(() => app.google.clearFaults());

const sendPath = '/gmail/v1/users/me/messages/send';

describe('an agent that works on a conversation', () => {
  it('finds it, reads it newest first, and files it', async () => {
    const [found] = await demo.search('waffles');
    const thread = await demo.call<Thread>('get_thread', { threadId: found!.threadId });
    expect(thread.messages.map(({ from }) => from)).toEqual([
      'Priya Nair <priya@team.example>',
      'Tom Baker <tom@team.example>',
      'Priya Nair <priya@team.example>',
    ]);
    expect(thread.messages[0]?.body.text).toContain('Ghent it is');

    const { labels } = await demo.call<{ labels: { id: string; name: string }[] }>('list_labels');
    const travel = labels.find(({ name }) => name === 'Travel plans')!.id;
    const change = { messageId: found!.id, addLabelIds: [travel], removeLabelIds: ['INBOX'] };
    expect(await demo.call('modify_message_labels', change)).toMatchObject({ labelIds: [travel] });
    expect(await demo.call('modify_message_labels', change)).toMatchObject({ labelIds: [travel] });
    expect((await demo.search('label:travel-plans waffles')).map(({ id }) => id)).toEqual([found!.id]);
  });

  it('names a label that does not exist', async () => {
    const [found] = await demo.search('subject:invoice');
    const input = { messageId: found!.id, addLabelIds: ['Label_77'] };
    const refused = { errorCode: 'VALIDATION_FAILED', field: 'addLabelIds' };
    expect(await demo.refusal('modify_message_labels', input)).toMatchObject(refused);
  });

  it('leaves a draft that is not sent', async () => {
    const input = { to: ['alex@sandbox.test'], subject: 'Not yet', body: 'Still thinking.' };
    const { messageId } = await demo.call<{ messageId: string }>('create_draft', input);
    expect(await demo.call('get_message', { messageId })).toMatchObject({
      subject: 'Not yet',
      labelIds: ['DRAFT'],
      body: { text: 'Still thinking.' },
    });
    for (const query of [
      'in:drafts',
      '{in:drafts in:sent} subject:"not yet"',
      '-in:inbox -in:sent newer_than:1d',
    ])
      expect((await demo.search(query)).map(({ id }) => id)).toEqual([messageId]);
    expect(await alex.search('subject:"not yet"')).toEqual([]);
  });

  it('writes to a person who answers, and both see one thread', async () => {
    const subject = 'Grüße\r\nBcc: sam@sandbox.test';
    const sent = await demo.call<{ threadId: string }>('send_message', {
      to: ['Alex Röe <alex@sandbox.test>'],
      subject,
      body: 'Kommst du?\n🌍',
      htmlBody: '<p>Kommst du? 🌍</p>',
    });
    const [received] = await alex.search('in:inbox kommst');
    expect(received?.subject).toBe('Grüße Bcc: sam@sandbox.test');
    expect(await alex.call('get_message', { messageId: received!.id })).toMatchObject({
      from: 'demo@sandbox.test',
      to: 'Alex Röe <alex@sandbox.test>',
      body: { text: 'Kommst du? 🌍' },
    });

    const answer = await alex.call<{ threadId: string }>('send_message', {
      to: ['demo@sandbox.test'],
      body: 'Ja!',
      replyToMessageId: received!.id,
    });
    expect(answer.threadId).toBe(received!.threadId);
    const { messages } = await demo.call<Thread>('get_thread', { threadId: sent.threadId });
    expect(messages.map(({ body }) => body.text)).toEqual(['Ja!', 'Kommst du? 🌍']);
  });
});

describe('an answer that is lost', () => {
  const mail = (subject: string) => ({ to: ['alex@sandbox.test'], subject, body: 'Once only.' });

  it('costs nothing when the mail was sent: it is found and reported, and not sent again', async () => {
    await app.google.addFault({ target: 'gmail', match: { path: sendPath }, fault: { kind: 'reset-after' } });
    const { id } = await demo.call<{ id: string }>('send_message', mail('lost answer'));
    expect((await demo.search('in:sent subject:"lost answer"')).map((found) => found.id)).toEqual([id]);
    expect(await alex.search('subject:"lost answer"')).toHaveLength(1);
  });

  it.each([
    ['a reset connection', { kind: 'reset' }],
    ['a 503', { kind: 'error', status: 503, body: { error: { code: 503 } } }],
  ] as const)('is not taken for a failure or a success when nothing is found (%s)', async (name, fault) => {
    await app.google.addFault({ target: 'gmail', match: { path: sendPath }, times: 1, fault });
    expect(await demo.refusal('send_message', mail(`never sent: ${name}`))).toMatchObject({
      errorCode: 'UNKNOWN_ERROR',
      reason: 'outcomeUnknown',
      requiresReauth: false,
      error: expect.stringContaining('in:sent'),
    });
    expect(await alex.search(`subject:"never sent: ${name}"`)).toEqual([]);
  });

  it('is told honestly to a connection that may send and not read', async () => {
    const sender = await Agent.connect('sam@sandbox.test', [gmailScopes.send]);
    await app.google.addFault({ target: 'gmail', match: { path: sendPath }, fault: { kind: 'reset-after' } });
    expect(await sender.refusal('send_message', mail('unseen'))).toMatchObject({
      reason: 'outcomeUnknown',
      error: expect.stringContaining('was not found among the sent mail'),
    });
    await sender.close();
    expect(await alex.search('subject:unseen')).toHaveLength(1);
  });

  it('does not keep a rejected token from being replaced', async () => {
    await app.google.expireAccessTokens('demo@sandbox.test');
    await demo.call('send_message', mail('fresh token'));
    expect(await alex.search('subject:"fresh token"')).toHaveLength(1);
  });
});

describe('a connection that covers less than a tool needs', () => {
  it('is told what is missing and who can add it, and Google is not asked', async () => {
    const reader = await Agent.connect('sam@sandbox.test');
    await app.google.clearLedger();
    for (const [tool, input, scope] of [
      ['modify_message_labels', { messageId: 'm1', addLabelIds: ['INBOX'] }, gmailScopes.modify],
      ['create_draft', { body: 'x' }, gmailScopes.compose],
      ['send_message', { to: ['alex@sandbox.test'], body: 'x' }, gmailScopes.send],
    ] as const) {
      expect(await reader.refusal(tool, input)).toMatchObject({
        instanceId: reader.instance.id,
        errorCode: 'INSUFFICIENT_SCOPE',
        requiresReauth: false,
        error: expect.stringContaining(`${scope}, which this connection does not ask for`),
      });
    }
    expect((await app.google.ledger()).counters.gmail).toBe(0);
    await reader.call('list_labels');
    await reader.close();
  });

  it('works once the operator has added the scope and the owner has opened the link', async () => {
    const agent = await Agent.connect('sam@sandbox.test');
    const mail = { to: ['alex@sandbox.test'], subject: 'permitted', body: 'At last.' };
    const scopes = [gmailScopes.readonly, gmailScopes.send];
    await app.api('PATCH', `/api/instances/${agent.instance.id}`, { scopes });
    const refused = await agent.refusal('send_message', mail);
    expect(refused).toMatchObject({
      errorCode: 'INSUFFICIENT_SCOPE',
      error: expect.stringContaining(`${gmailScopes.send}, which was not granted`),
    });
    await connectMailbox(refused.connectUrl as string, { account: 'sam@sandbox.test' });
    await agent.call('send_message', mail);
    await agent.close();
    expect(await alex.search('subject:permitted')).toHaveLength(1);
  });
});
