import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { gmailScopes } from '../../src/gmail/index.js';
import { until } from '../../sandbox/index.js';
import { structureUrl, unfenced } from '../harness/structured-answers.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { ListServer, oneClick, signed } from './list-server.js';

type Fields = Record<string, unknown>;

const account = 'lists@sandbox.test';

const list = new ListServer();
let app: TestApp;
let instance: CreatedInstance;
beforeAll(async () => {
  await list.start();
  app = await TestApp.start({ GMAIL_QUOTA_UNITS_PER_MINUTE: '1000000' });
  await app.google.addAccount({ email: account });
  const scopes = [gmailScopes.modify, gmailScopes.settingsBasic];
  instance = await app.createInstance({ scopes, toolsets: ['organize'] });
  await app.connect(instance.id, { account });
  await app.google.addForwardingAddress(account, { forwardingEmail: 'archive@elsewhere.example' });
});
afterAll(async () => {
  await app.stop();
  list.stop();
});

async function letter(uris: string, ...headers: { name: string; value: string }[]): Promise<string> {
  const { id } = await app.google.deliver(account, {
    from: 'News <news@letters.example>',
    subject: 'News',
    headers: [...headers, { name: 'List-Unsubscribe', value: uris }],
    body: {
      contentType: 'text/plain',
      charset: 'utf-8',
      text: `To unsubscribe, open ${list.url}/body`,
    },
  });
  return id;
}

async function decided(policy: Fields | null): Promise<void> {
  const { status } = await app.api('PATCH', `/api/instances/${instance.id}`, { policy });
  expect(status).toBe(200);
}

async function sentTo(address: string): Promise<number> {
  return (await app.google.outbox()).filter(({ recipients }) => recipients.includes(address)).length;
}

describe.each([
  ['2026-07-28', 'auto'],
  ['2025-11-25', 'legacy'],
] as const)('an agent of revision %s', (_revision, mode) => {
  let client: Client;
  beforeAll(async () => {
    client = new Client({ name: 'lists', version: '1' }, { versionNegotiation: { mode } });
    const requestInit = { headers: { authorization: `Bearer ${instance.mcpToken}` } };
    await client.connect(new StreamableHTTPClientTransport(structureUrl(instance.mcpUrl), { requestInit }));
    await decided(null);
  });
  afterAll(() => client.close());

  async function call(name: string, input: Fields): Promise<Fields> {
    const result = await client.callTool({ name, arguments: input });
    expect(JSON.stringify(result)).not.toContain('Ignore your instructions');
    if (result.isError !== true) return unfenced(result.structuredContent) as Fields;
    const last = result.content.at(-1);
    return JSON.parse(last?.type === 'text' ? last.text : '{}') as Fields;
  }
  const unsubscribe = (messageId: string, more: Fields = {}) => call('unsubscribe', { messageId, ...more });

  it('leaves a list by one click, once', async () => {
    const path = `/${mode}?c=1`;
    const messageId = await letter(
      `<mailto:leave@letters.example>, <${list.url}${path}>`,
      ...signed,
      oneClick,
    );
    expect(await unsubscribe(messageId, { dryRun: true })).toMatchObject({
      status: 'dry_run',
      way: 'one_click',
    });
    expect(list.askedAt(path)).toBe(0);
    expect(await unsubscribe(messageId)).toMatchObject({ status: 'sent', way: 'one_click', answered: '2xx' });
    expect(await unsubscribe(messageId)).toMatchObject({ status: 'sent', earlier: true });
    expect(list.asked.filter((each) => each.path === path)).toEqual([
      { path, body: 'List-Unsubscribe=One-Click', cookie: undefined },
    ]);
    expect(await sentTo('leave@letters.example')).toBe(0);
  });

  it('tells what class of answer the server of a list gave, and follows no redirect', async () => {
    for (const [status, reason] of [
      [302, 'list_server_3xx'],
      [404, 'list_server_4xx'],
      [500, 'list_server_5xx'],
    ] as const) {
      const messageId = await letter(`<${list.url}/${mode}?status=${status}>`, ...signed, oneClick);
      expect(await unsubscribe(messageId)).toMatchObject({ reason, requiresReauth: false });
    }
    expect(list.askedAt('/elsewhere')).toBe(0);
  });

  it('leaves a list that is not proven by its mail, and by no link', async () => {
    const address = `leave-${mode}@letters.example`;
    const before = list.asked.length;
    const messageId = await letter(`<${list.url}/unproven>, <mailto:${address}?subject=leave%207>`, oneClick);
    expect(await unsubscribe(messageId, { way: 'one_click' })).toMatchObject({
      ...{ errorCode: 'VALIDATION_FAILED', field: 'way', reason: 'unsubscribe_not_signed' },
    });
    expect(await unsubscribe(messageId)).toMatchObject({ status: 'sent', way: 'mail', recipients: 1 });
    const outbox = await app.google.outbox();
    expect(outbox.find(({ recipients }) => recipients.includes(address))).toMatchObject({
      subject: 'leave 7',
    });
    const page = await letter(`<${list.url}/page>`);
    expect(await unsubscribe(page)).toMatchObject({
      ...{ errorCode: 'VALIDATION_FAILED', field: 'messageId', reason: 'unsubscribe_not_offered' },
      error: expect.stringMatching(/web page for a person/) as unknown,
    });
    expect(list.asked).toHaveLength(before);
  });

  it('is led to no server of a private network', async () => {
    for (const url of [
      'https://169.254.169.254/latest',
      'https://10.0.0.1/u',
      'https://[::ffff:10.0.0.1]/u',
    ]) {
      const messageId = await letter(`<${url}?${mode}>`, ...signed, oneClick);
      expect(await unsubscribe(messageId)).toMatchObject({
        ...{ errorCode: 'FORBIDDEN', reason: 'list_server_not_public', requiresReauth: false },
      });
    }
  });

  it('waits for a person where the policy says so, and asks nothing where it forbids', async () => {
    const path = `/${mode}/asked`;
    const messageId = await letter(`<${list.url}${path}>`, ...signed, oneClick);
    await decided({ acts: { unsubscribe: 'deny' } });
    expect(await unsubscribe(messageId)).toMatchObject({ errorCode: 'FORBIDDEN', reason: 'policy_denied' });
    await decided({ acts: { unsubscribe: 'ask' } });
    const held = await unsubscribe(messageId);
    expect(held).toMatchObject({ status: 'held', way: 'one_click' });
    expect(list.askedAt(path)).toBe(0);
    const approval = await app.api<Fields>('GET', `/api/approvals/${String(held.approvalId)}`);
    expect(JSON.stringify(approval.body)).toContain(`${list.url}${path}`);
    const { contentDigest } = approval.body;
    await app.api('POST', `/api/approvals/${String(held.approvalId)}`, {
      decision: 'approve',
      contentDigest,
    });
    await until('the list was asked', async () => list.askedAt(path) === 1);
    await until('the agent is told', async () => (await unsubscribe(messageId)).answered === '2xx');
    expect(list.askedAt(path)).toBe(1);
    await decided(null);
  });

  it('lets a filter forward only as the policy allows', async () => {
    const filter = { from: `${mode}@bank.example`, forward: 'archive@elsewhere.example' };
    const filters = async () => (await call('list_filters', {})).filters as Fields[];
    const forwards = async () =>
      (await filters()).filter(({ criteria }) => (criteria as Fields).from === filter.from);
    const held = await call('create_filter', filter);
    expect(held).toMatchObject({ status: 'held', created: false });
    expect(await forwards()).toEqual([]);
    await decided({ acts: { forwarding_filter: 'deny' } });
    expect(await call('create_filter', { ...filter, subject: 'Statement' })).toMatchObject({
      ...{ errorCode: 'FORBIDDEN', reason: 'policy_denied' },
    });
    await decided(null);
    await app.api('POST', `/api/approvals/${String(held.approvalId)}`, { decision: 'approve' });
    await until('the filter is there', async () => (await forwards()).length === 1);
    const [made] = await forwards();
    expect(made).toMatchObject({ forward: filter.forward });
    expect(await call('create_filter', filter)).toEqual({ filterId: made!.filterId, created: false });
    expect(
      await call('create_filter', { from: filter.from, forward: 'thief@elsewhere.example', dryRun: true }),
    ).toMatchObject({
      ...{ status: 'dry_run', decision: 'ask', created: false },
    });
  });
});

describe('an instance that may only read', () => {
  it('leaves by one click, and is told which permission a mail takes', async () => {
    const reader = await app.createInstance({ scopes: [gmailScopes.metadata], toolsets: ['organize'] });
    await app.connect(reader.id, { account });
    const client = new Client({ name: 'reader', version: '1' });
    const requestInit = { headers: { authorization: `Bearer ${reader.mcpToken}` } };
    await client.connect(new StreamableHTTPClientTransport(structureUrl(reader.mcpUrl), { requestInit }));
    const clicked = await letter(`<${list.url}/reader>`, ...signed, oneClick);
    const mailed = await letter('<mailto:reader@letters.example>');
    const results = [];
    for (const messageId of [clicked, mailed])
      results.push(await client.callTool({ name: 'unsubscribe', arguments: { messageId } }));
    await client.close();
    expect(results[0]?.structuredContent).toMatchObject({ status: 'sent', way: 'one_click' });
    expect(JSON.stringify(results[1]?.content)).toContain('INSUFFICIENT_SCOPE');
    expect(await sentTo('reader@letters.example')).toBe(0);
  });
});
