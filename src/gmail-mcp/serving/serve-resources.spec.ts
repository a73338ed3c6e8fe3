import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/server';
import { EvergrantError } from '../../errors/index.js';
import { gmailScopes } from '../../gmail/index.js';
import { instanceId, McpEndpoint, toolCall, type ToolResult } from '../endpoint/mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.gmail.messages.set('m1', { subject: 'One', text: 'First of all', threadId: 't1' });
});
afterEach(() => endpoint.stop());

type Revision = '2025-11-25' | '2026-07-28';

async function request(revision: Revision, method: string, params: Record<string, unknown> = {}) {
  const isModern = revision === '2026-07-28';
  const _meta = {
    [PROTOCOL_VERSION_META_KEY]: revision,
    [CLIENT_INFO_META_KEY]: { name: 'spec', version: '1.0.0' },
    [CLIENT_CAPABILITIES_META_KEY]: {},
  };
  const headers = {
    'mcp-protocol-version': revision,
    ...(isModern && { 'mcp-method': method }),
    ...(isModern && typeof params.uri === 'string' && { 'mcp-name': params.uri }),
  };
  const message = { jsonrpc: '2.0', id: 1, method, params: { ...params, ...(isModern && { _meta }) } };
  const { status, answers } = await endpoint.post(message, { headers });
  const { result, error } = answers[0] ?? {};
  return { status, result, error } as { status: number; result?: object; error?: { code: number } };
}

describe.each<Revision>(['2025-11-25', '2026-07-28'])('resources in revision %s', (revision) => {
  const read = (uri: string) => request(revision, 'resources/read', { uri });

  it('are listed as templates, but for the mailbox where it may be watched', async () => {
    expect((await request(revision, 'resources/list')).result).toMatchObject({
      resources: [{ uri: 'gmail://mailbox' }],
    });
    expect((await request(revision, 'resources/templates/list')).result).toMatchObject({
      resourceTemplates: [{ uriTemplate: 'gmail://message/{id}' }, { uriTemplate: 'gmail://thread/{id}' }],
    });
  });

  it('are listed as templates only without the toolset of changes', async () => {
    endpoint.instance = { ...endpoint.instance, toolsets: ['core'] };
    expect((await request(revision, 'resources/list')).result).toMatchObject({ resources: [] });
  });

  it('tell of the mailbox what its profile tells', async () => {
    expect((await read('gmail://mailbox')).result).toMatchObject({
      contents: [{ uri: 'gmail://mailbox', text: expect.stringContaining('ada@example.com') }],
    });
  });

  it.each([
    ['gmail://message/m1', 'get_message', { messageId: 'm1' }],
    ['gmail://thread/t1', 'get_thread', { threadId: 't1' }],
  ])('say of %s what %s says', async (uri, tool, input) => {
    const [answer] = (await endpoint.post(toolCall(1, tool, input))).answers;
    const text = (answer?.result as ToolResult).content[0]!.text;
    expect(text).toContain('First of all');

    const { result } = await read(uri);
    expect(result).toMatchObject({ contents: [{ uri, mimeType: 'text/plain' }] });
    const [resource] = (result as { contents: { text: string }[] }).contents;
    expect(withoutBoundary(resource!.text)).toBe(withoutBoundary(text));
    expect(endpoint.broker.asked).toHaveLength(2);
  });

  it.each([
    ...['gmail://message/none', 'gmail://thread/none', 'gmail://message/../drafts', 'gmail://message/'],
    ...['gmail://label/INBOX', 'file:///etc/passwd', 'gmail://message/m1/attachments', 'm1'],
  ])('answer -32602 with the URI alone to one that there is not: %s', async (uri) => {
    const { status, error } = await read(uri);
    expect(error).toMatchObject({ code: -32602, data: { uri } });
    expect(Object.keys((error as { data?: object }).data ?? {})).toEqual(['uri']);
    expect(status).not.toBe(401);
  });

  it('tell a dead grant by an error with the fields and the link, never by HTTP', async () => {
    endpoint.broker.failure = new EvergrantError('INVALID_REFRESH_TOKEN');
    const { status, error } = await read('gmail://message/m1');
    expect(status).toBe(200);
    expect(error).toMatchObject({
      code: -32603,
      message: expect.stringContaining(`has to open it: ${String(endpoint.issuedLinks[0])}`),
      data: {
        ...{ errorCode: 'INVALID_REFRESH_TOKEN', requiresReauth: true, instanceId },
        connectUrl: endpoint.issuedLinks[0],
      },
    });
    expect(endpoint.gmail.requests).toEqual([]);
  });

  it('tell when to come back where that helps', async () => {
    endpoint.broker.failure = new EvergrantError('SERVICE_UNAVAILABLE', { retryAfterSeconds: 7 });
    expect((await read('gmail://message/m1')).error).toMatchObject({
      code: -32603,
      data: { errorCode: 'SERVICE_UNAVAILABLE', requiresReauth: false, retryAfterSeconds: 7 },
    });
  });

  it('are held to the scopes that the instance asks for', async () => {
    endpoint.instance = { ...endpoint.instance, scopes: [gmailScopes.send] };
    expect((await request(revision, 'resources/templates/list')).result).toMatchObject({
      resourceTemplates: [],
    });
    expect((await read('gmail://message/m1')).error).toMatchObject({
      code: -32603,
      data: { errorCode: 'INSUFFICIENT_SCOPE' },
    });
    expect([endpoint.broker.asked, endpoint.gmail.requests]).toEqual([[], []]);
  });
});

it('have no prefix, and are there for an instance whose tools have one', async () => {
  endpoint.instance = { ...endpoint.instance, toolPrefix: 'work' };
  const { result } = await request('2025-11-25', 'resources/templates/list');
  expect(result).toMatchObject({
    resourceTemplates: [{ uriTemplate: 'gmail://message/{id}' }, { uriTemplate: 'gmail://thread/{id}' }],
  });
});

/** What is drawn anew for each answer, so that no mail can know it. */
function withoutBoundary(text: string): string {
  return text.replaceAll(/\[[\da-f]{8}\]/g, '[boundary]');
}
