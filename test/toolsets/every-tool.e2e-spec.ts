import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { gmailTools } from '../../src/gmail-mcp/tools/index.js';
import { gmailScopes } from '../../src/gmail/index.js';
import { toolsets } from '../../src/instances/index.js';
import { structureUrl, unfenced } from '../harness/structured-answers.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';

type Fields = Record<string, unknown>;

const account = 'toolsets@sandbox.test';
const judged: ReadonlySet<string> = new Set([
  'core',
  'drafts',
  'organize',
  'settings',
  'changes',
  'dangerous',
]);

let app: TestApp;
let instance: CreatedInstance;
beforeAll(async () => {
  app = await TestApp.start({ GMAIL_QUOTA_UNITS_PER_MINUTE: '1000000' });
  await app.google.addAccount({ email: account });
  instance = await app.createInstance({
    scopes: [gmailScopes.full, gmailScopes.settingsBasic, gmailScopes.settingsSharing],
    toolsets: [...toolsets],
  });
  await app.connect(instance.id, { account });
});
afterAll(() => app.stop());

/** An agent, which knows what it has called. */
class Agent {
  readonly called = new Set<string>();
  private constructor(private readonly client: Client) {}

  static async connect(mode: 'auto' | 'legacy', url: URL): Promise<Agent> {
    const client = new Client({ name: 'toolsets', version: '1' }, { versionNegotiation: { mode } });
    const requestInit = { headers: { authorization: `Bearer ${instance.mcpToken}` } };
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit }));
    return new Agent(client);
  }

  async call<Answer = Fields>(name: string, input: Fields = {}): Promise<Answer> {
    this.called.add(name);
    const result = await this.client.callTool({ name, arguments: input });
    if (result.isError === true) throw new Error(`${name}: ${JSON.stringify(result.content)}`);
    return unfenced(result.structuredContent) as Answer;
  }

  async refusal(name: string, input: Fields = {}): Promise<Fields> {
    const result = await this.client.callTool({ name, arguments: input });
    const last = result.content.at(-1);
    return JSON.parse(last?.type === 'text' ? last.text : '{}') as Fields;
  }

  async ids(query: string): Promise<string[]> {
    const found = await this.call<{ messages: { id: string }[] }>('search_messages', {
      query,
      maxResults: 50,
    });
    return found.messages.map(({ id }) => id);
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

async function deliver(subject: string, count = 1): Promise<{ id: string; threadId: string }[]> {
  const delivered = [];
  for (let index = 0; index < count; index += 1)
    delivered.push(
      await app.google.deliver(account, {
        from: 'News <news@letters.example>',
        subject: `${subject} ${index}`,
        body: { contentType: 'text/plain', charset: 'utf-8', text: 'All that is new' },
      }),
    );
  return delivered;
}

describe.each([
  ['2026-07-28', 'auto'],
  ['2025-11-25', 'legacy'],
] as const)('an agent of revision %s', (_revision, mode) => {
  let agent: Agent;
  const mine = (name: string): string => `${name} ${mode}`;
  beforeAll(async () => {
    agent = await Agent.connect(mode, structureUrl(instance.mcpUrl));
  });
  afterAll(() => agent.close());

  it('reads', async () => {
    const [first] = await deliver(mine('reading'));
    const messageId = first!.id;
    expect(await agent.ids(`subject:"${mine('reading')}"`)).toEqual([messageId]);
    await agent.call('search_threads');
    await agent.call('get_message', { messageId });
    await agent.call('get_messages', { messageIds: [messageId] });
    await agent.call('get_thread', { threadId: first!.threadId });
    await agent.call('get_links', { messageId });
    await agent.call('get_attachment', { messageId, partId: '' });
    for (const name of ['list_labels', 'get_profile', 'list_changes', 'get_connection_status'])
      await agent.call(name);
  });

  it('files a message and a conversation, with labels by their names', async () => {
    const [{ id: messageId, threadId } = { id: '', threadId: '' }] = await deliver(mine('filing'));
    const name = mine('Trips');
    const made = await agent.call<{ id: string }>('create_label', { name });
    expect(await agent.call('create_label', { name: name.toUpperCase() })).toEqual({
      ...{ id: made.id, name, created: false },
    });
    const filed = await agent.call<{ labelIds: string[] }>('modify_message_labels', {
      ...{ messageId, addLabelIds: [name.toLowerCase()], removeLabelIds: ['unread'] },
    });
    expect(filed.labelIds).toContain(made.id);
    expect(filed.labelIds).not.toContain('UNREAD');
    expect(
      await agent.call('modify_thread_labels', { threadId, addLabelIds: [name], removeLabelIds: ['INBOX'] }),
    ).toEqual({ threadId, addedLabelIds: [made.id], removedLabelIds: ['INBOX'] });
    expect(await agent.ids(`in:inbox subject:"${mine('filing')}"`)).toEqual([]);

    const renamed = `${name}/2026`;
    expect(await agent.call('update_label', { labelId: name, name: renamed })).toEqual({
      ...{ id: made.id, name: renamed },
    });
    expect(await agent.refusal('update_label', { labelId: 'inbox', name: 'x' })).toMatchObject({
      ...{ errorCode: 'VALIDATION_FAILED', field: 'labelId' },
    });
    await agent.call('delete_label', { labelId: renamed });
    expect(await agent.refusal('modify_message_labels', { messageId, addLabelIds: [renamed] })).toMatchObject(
      {
        ...{ errorCode: 'VALIDATION_FAILED', field: 'addLabelIds' },
      },
    );
  });

  it('throws away and takes back', async () => {
    const [{ id: messageId, threadId } = { id: '', threadId: '' }] = await deliver(mine('trash'));
    const inTrash = () => agent.ids(`in:trash subject:"${mine('trash')}"`);
    await agent.call('trash_message', { messageId });
    expect(await inTrash()).toEqual([messageId]);
    await agent.call('untrash_message', { messageId });
    expect(await inTrash()).toEqual([]);
    await agent.call('trash_thread', { threadId });
    expect(await inTrash()).toEqual([messageId]);
    await agent.call('untrash_thread', { threadId });
    expect(await inTrash()).toEqual([]);
    await agent.call('mark_spam', { messageId });
    expect(await agent.ids(`in:spam subject:"${mine('trash')}"`)).toEqual([messageId]);
    await agent.call('mark_spam', { messageId, isSpam: false });
    expect(await agent.ids(`in:inbox subject:"${mine('trash')}"`)).toEqual([messageId]);
  });

  it('writes, reads and deletes drafts', async () => {
    await agent.call('create_attachment_upload', { filename: 'a.txt', sizeBytes: 1 });
    const draft = await agent.call<{ draftId: string }>('create_draft', {
      ...{ to: ['a@example.com'], bcc: ['b@example.com'], subject: mine('draft'), body: 'To be said' },
    });
    const { drafts } = await agent.call<{ drafts: Fields[] }>('list_drafts', {
      query: `subject:"${mine('draft')}"`,
    });
    expect(drafts).toMatchObject([{ draftId: draft.draftId, to: 'a@example.com' }]);
    expect(await agent.call('get_draft', { draftId: draft.draftId })).toMatchObject({
      ...{ draftId: draft.draftId, to: 'a@example.com', bcc: 'b@example.com', subject: mine('draft') },
      body: { text: 'To be said' },
    });
    await agent.call('update_draft', {
      draftId: draft.draftId,
      body: 'Said otherwise',
      cc: ['c@example.com'],
    });
    expect(await agent.call('get_draft', { draftId: draft.draftId })).toMatchObject({
      ...{ to: 'a@example.com', cc: 'c@example.com', bcc: 'b@example.com', subject: mine('draft') },
      body: { text: 'Said otherwise' },
    });
    await agent.call('delete_draft', { draftId: draft.draftId });
    expect(await agent.refusal('get_draft', { draftId: draft.draftId })).toMatchObject({
      ...{ errorCode: 'NOT_FOUND', field: 'draftId' },
    });
    expect(await agent.refusal('delete_draft', { draftId: draft.draftId })).toMatchObject({
      ...{ errorCode: 'NOT_FOUND', field: 'draftId', requiresReauth: false },
    });
  });

  it('makes filters, once each', async () => {
    const filter = { from: `${mode}@letters.example`, addLabelIds: ['starred'], removeLabelIds: ['INBOX'] };
    const made = await agent.call<{ filterId: string }>('create_filter', filter);
    expect(await agent.call('create_filter', filter)).toEqual({ filterId: made.filterId, created: false });
    const { filters } = await agent.call<{ filters: Fields[] }>('list_filters');
    expect(filters).toContainEqual(expect.objectContaining({ filterId: made.filterId }));
    expect(await agent.call('get_filter', { filterId: made.filterId })).toMatchObject({
      ...{ criteria: { from: filter.from }, addLabelIds: ['STARRED'], removeLabelIds: ['INBOX'] },
    });
    await agent.call('delete_filter', { filterId: made.filterId });
    expect(await agent.refusal('get_filter', { filterId: made.filterId })).toMatchObject({
      ...{ errorCode: 'NOT_FOUND', field: 'filterId' },
    });
  });

  it('leaves a list by its mail', async () => {
    const { id: messageId } = await app.google.deliver(account, {
      ...{ from: 'News <news@letters.example>', subject: mine('list') },
      headers: [{ name: 'List-Unsubscribe', value: `<mailto:${mode}@letters.example>` }],
      body: { contentType: 'text/plain', charset: 'utf-8', text: 'All that is new' },
    });
    expect(await agent.call('unsubscribe', { messageId })).toMatchObject({ status: 'sent', way: 'mail' });
  });

  it('deletes for good what it names', async () => {
    const [one, two, three] = await deliver(mine('gone'), 3);
    await agent.call('delete_message', { messageId: one!.id });
    await agent.call('batch_delete_messages', { messageIds: [two!.id] });
    expect(await agent.ids(`in:anywhere subject:"${mine('gone')}"`)).toEqual([three!.id]);
    expect(await agent.refusal('delete_message', { messageId: one!.id })).toMatchObject({
      ...{ errorCode: 'NOT_FOUND', requiresReauth: false },
    });
  });

  it('sends', async () => {
    await agent.call('send_message', { to: [account], subject: mine('sent'), body: 'Hello' });
    const [{ id: messageId } = { id: '' }] = await deliver(mine('answered'));
    await agent.call('reply_to_message', { messageId, body: 'Thanks' });
    await agent.call('forward_message', { messageId, to: [account] });
  });

  it('sends a draft as it is, and its conversation with it', async () => {
    const [first] = await deliver(mine('asked'));
    const { draftId } = await agent.call<{ draftId: string }>('create_draft', {
      ...{ body: 'First', replyToMessageId: first!.id },
    });
    await agent.call('update_draft', { draftId, body: 'Second', to: [account] });
    expect(await agent.call('send_draft', { draftId, dryRun: true })).toMatchObject({
      ...{ status: 'dry_run', recipients: 1 },
    });
    const sent = await agent.call('send_draft', { draftId });
    expect(sent).toMatchObject({ status: 'sent', threadId: first!.threadId, recipients: 1 });
    expect(await agent.call('get_message', { messageId: sent.id })).toMatchObject({
      ...{ subject: `Re: ${mine('asked')} 0`, body: { text: expect.stringContaining('Second') } },
    });
    expect(await agent.call('send_draft', { draftId })).toEqual({ ...sent, earlier: true });
    const { draftId: unaddressed } = await agent.call<{ draftId: string }>('create_draft', {
      body: 'To whom?',
    });
    expect(await agent.refusal('send_draft', { draftId: unaddressed })).toMatchObject({
      ...{ errorCode: 'VALIDATION_FAILED', field: 'draftId' },
    });
  });

  it('files 200 newsletters with two calls', async () => {
    await deliver(mine('newsletter'), 200);
    const query = `in:inbox subject:"${mine('newsletter')}"`;
    const before = (await app.google.ledger()).counters.gmail;
    const { resultSizeEstimate } = await agent.call('search_messages', { query });
    const filed = await agent.call('batch_modify_messages', {
      ...{ query, addLabelIds: ['CATEGORY_PROMOTIONS'], removeLabelIds: ['INBOX'] },
    });
    const requests = (await app.google.ledger()).counters.gmail - before;

    expect(resultSizeEstimate).toBe(200);
    expect(filed).toMatchObject({ modified: 200, matched: 200 });
    expect(filed).not.toHaveProperty('nextPageToken');
    expect(await agent.ids(query)).toEqual([]);
    // A list and ten previews; a list and one batchModify.
    expect(requests).toBe(13);
  });

  it('goes on with what a query finds, from call to call', async () => {
    await deliver(mine('many'), 7);
    const query = `subject:"${mine('many')}"`;
    let pageToken: unknown;
    let calls = 0;
    do {
      const answer: Fields = await agent.call('batch_modify_messages', {
        ...{
          query,
          addLabelIds: ['STARRED'],
          maxMessages: 3,
          ...(pageToken === undefined ? {} : { pageToken }),
        },
      });
      pageToken = answer.nextPageToken;
      calls += 1;
    } while (pageToken !== undefined && calls < 10);
    expect(await agent.ids(`is:starred ${query}`)).toHaveLength(7);
  });

  it('reads the settings, sets a signature, and turns off what lets mail leave by itself', async () => {
    await app.google.configure({ delegatedAuthority: true });
    for (const name of ['get_vacation', 'get_imap', 'get_pop', 'list_forwarding_addresses'])
      await agent.call(name);
    expect(await agent.call('get_language')).toEqual({ language: 'en' });
    expect(await agent.call('update_vacation', { enabled: false })).toEqual({ status: 'set' });
    expect(await agent.call('update_forwarding', { enabled: false })).toEqual({ status: 'set' });
    expect(await agent.call('get_forwarding')).toMatchObject({ enabled: false });
    const { signatureHtml } = await agent.call('update_signature', { html: '<i>Ada</i>' });
    expect((await agent.call('list_send_as')).sendAs).toMatchObject([{ signatureHtml }]);
  });

  it('watches the mailbox, and stops', async () => {
    expect(await agent.call('watch_mailbox', { labelIds: ['inbox'] })).toMatchObject({
      ...{ status: 'started', mode: 'poll', watchedLabelIds: ['INBOX'], resource: 'gmail://mailbox' },
    });
    expect(await agent.call('stop_watch')).toEqual({ status: 'stopped' });
  });

  it('gives a link to bring a file by', async () => {
    const file = { filename: 'a.txt', mimeType: 'text/plain', sizeBytes: 1 };
    expect(await agent.call('create_attachment_upload', file)).toMatchObject({
      attachment: expect.stringMatching(/^upload\/./) as unknown,
      url: expect.stringMatching(/^http/) as unknown,
    });
  });

  it('has called every tool', () => {
    const tools = gmailTools.filter(({ toolset }) => judged.has(toolset)).map(({ name }) => name);
    expect(tools.filter((name) => !agent.called.has(name))).toEqual([]);
  });
});
