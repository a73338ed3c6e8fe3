import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { EvergrantError } from '../../errors/index.js';
import { instanceId, McpEndpoint, mcpToken, type ToolResult } from './mcp-endpoint.fixture.js';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.gmail.messages.set('m1', { subject: 'Grüße', text: 'Hello Ada' });
});
afterEach(() => endpoint.stop());

const clientInfo = { name: 'spec', version: '1.0.0' };
function bearer(token: string) {
  return { requestInit: { headers: { authorization: `Bearer ${token}` } } };
}

async function connectV2(mode: 'legacy' | { pin: string }, token: string) {
  const client = new Client(clientInfo, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(endpoint.url, bearer(token)));
  return client;
}

async function connectV1(token: string) {
  const client = new ClientV1(clientInfo);
  await client.connect(new TransportV1(endpoint.url, bearer(token)));
  return client;
}

describe.each([
  {
    name: "today's client in revision 2026-07-28",
    connect: (token: string) => connectV2({ pin: '2026-07-28' }, token),
  },
  {
    name: "today's client in revision 2025-11-25",
    connect: (token: string) => connectV2('legacy', token),
  },
  { name: "yesterday's client", connect: connectV1 },
])('$name', ({ connect }) => {
  it('lists the tools and calls them', async () => {
    endpoint.instance = { ...endpoint.instance, toolsets: ['core'] };
    const client = await connect(mcpToken);
    const { tools } = await client.listTools();
    const found = await client.callTool({ name: 'search_messages', arguments: { query: 'from:bea' } });
    const read = await client.callTool({ name: 'get_message', arguments: { messageId: 'm1' } });
    const status = await client.callTool({ name: 'get_connection_status', arguments: {} });
    await client.close();

    expect(tools.map((tool) => tool.name)).toEqual([
      'search_messages',
      'search_threads',
      'get_message',
      'get_messages',
      'get_thread',
      'get_links',
      'get_attachment',
      'list_labels',
      'get_profile',
      'list_changes',
      'modify_message_labels',
      'modify_thread_labels',
      'create_draft',
      'send_message',
      'reply_to_message',
      'forward_message',
      'send_draft',
      'get_connection_status',
    ]);
    expect(found.content).toEqual([{ type: 'text', text: expect.stringMatching(/\nSubject: Grüße\n/) }]);
    expect(found.structuredContent).toMatchObject({ messages: [{ id: 'm1' }] });
    expect(read.content).toEqual([
      { type: 'text', text: expect.stringMatching(/\nSubject: Grüße\n\nHello Ada\n/) },
    ]);
    expect(read.structuredContent).toEqual({
      ...{ id: 'm1', threadId: 't-m1', body: { totalChars: 9, truncated: false } },
      ...{ attachments: [], totalAttachments: 0 },
      textIn: expect.stringContaining('?answers=structure'),
    });
    expect(status.structuredContent).toMatchObject({ instanceId, email: 'ada@example.com' });
  });

  it('learns the name, the version and how to use the server', async () => {
    const client = await connect(mcpToken);

    expect(client.getServerVersion()).toMatchObject({
      name: 'evergrant',
      title: 'Evergrant: ada@example.com',
      version: '1.2.3',
    });
    expect(client.getInstructions()).toContain('search_messages');
    expect(client.getInstructions()).toContain('"ada@example.com"');
    expect(client.getServerCapabilities()?.tools).toEqual({ listChanged: false });
    await client.close();
  });

  it('reads about a dead grant in the result of the tool, with a link to repair it', async () => {
    endpoint.broker.failure = new EvergrantError('INVALID_REFRESH_TOKEN');
    const client = await connect(mcpToken);
    const result = await client.callTool({ name: 'search_messages', arguments: {} });
    await client.close();

    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain('https://evergrant.example/connect/ticket-1');
  });

  it('is refused by the transport when its MCP token is wrong', async () => {
    await expect(connect('wrong')).rejects.toThrow(/MCP token|401/);
  });
});

describe('a call whose arguments are as clients really send them', () => {
  const call = (id: number, name: string, input: unknown) => ({
    ...{ jsonrpc: '2.0', id, method: 'tools/call' },
    params: { name, arguments: input },
  });
  const failures = (answers: Record<string, unknown>[]) =>
    answers
      .flat()
      .filter(({ error, result }) => error !== undefined || (result as ToolResult).isError === true);

  it.each([
    ['null for no arguments', 'list_labels', null],
    ['an empty text for one that is left out', 'search_messages', { query: '', pageToken: '' }],
    ['a number as text', 'search_messages', { query: 'lunch', maxResults: '5' }],
    ['null for one that is left out', 'search_messages', { query: 'lunch', pageToken: null }],
  ])('takes %s', async (_what, name, input) => {
    const { status, answers } = await endpoint.post(call(1, name, input));
    expect([status, failures(answers)]).toEqual([200, []]);
  });

  it('takes null in a batch as well', async () => {
    const batch = [call(1, 'list_labels', null), call(2, 'list_labels', null)];
    const { status, answers } = await endpoint.post(batch, {
      headers: { 'mcp-protocol-version': '2025-03-26' },
    });
    expect([status, failures(answers)]).toEqual([200, []]);
  });
});
