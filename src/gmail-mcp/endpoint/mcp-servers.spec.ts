import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  type Tool,
} from '@modelcontextprotocol/server';
import { gmailScopes } from '../../gmail/index.js';
import { gmailTools, resultForms } from '../tools/index.js';
import { McpEndpoint, mcpToken, toolCall } from './mcp-endpoint.fixture.js';

const readonlyScopes = ['openid', 'email', gmailScopes.readonly];

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
});
afterEach(() => endpoint.stop());

/** A request as revision 2026-07-28 wants it: no session, everything in the envelope and the headers. */
async function post2026(method: string, params: object = {}, query = '') {
  const _meta = {
    [PROTOCOL_VERSION_META_KEY]: '2026-07-28',
    [CLIENT_INFO_META_KEY]: { name: 'spec', version: '1.0.0' },
    [CLIENT_CAPABILITIES_META_KEY]: {},
  };
  const name = (params as { name?: string }).name;
  const headers = {
    ...{ 'mcp-protocol-version': '2026-07-28', 'mcp-method': method },
    ...(name !== undefined && { 'mcp-name': name }),
  };
  const answer = await endpoint.post(
    { jsonrpc: '2.0', id: 1, method, params: { ...params, _meta } },
    { headers, url: new URL(query, endpoint.url) },
  );
  return { status: answer.status, body: answer.answers[0] };
}

describe('tools/list', () => {
  it('states all four annotations, a title and the arguments of every tool', async () => {
    const scopes = [gmailScopes.full, gmailScopes.settingsBasic, gmailScopes.settingsSharing];
    endpoint.instance = { ...endpoint.instance, scopes, grantedScopes: scopes };
    const { body } = await post2026('tools/list');
    const { tools } = body?.result as { tools: Tool[] };

    expect(tools.map(({ name }) => name)).toEqual(gmailTools.map(({ name }) => name));
    for (const tool of tools) {
      expect(tool).toMatchObject({
        title: expect.any(String),
        description: expect.any(String),
        inputSchema: { type: 'object', additionalProperties: false },
        annotations: {
          readOnlyHint: expect.any(Boolean),
          destructiveHint: expect.any(Boolean),
          idempotentHint: expect.any(Boolean),
          openWorldHint: expect.any(Boolean),
        },
      });
    }
  });

  it.each(resultForms)(
    'costs an agent less than 12,000 characters with every tool of the core, answering as %s',
    async (form) => {
      endpoint.instance = { ...endpoint.instance, toolsets: ['core'] };
      const { body } = await post2026('tools/list', {}, `?answers=${form}`);

      expect(JSON.stringify(body?.result).length).toBeLessThan(12_000);
    },
  );

  it.each<[what: string, Partial<typeof endpoint.instance>]>([
    ['granted it, and that it asks for', { scopes: readonlyScopes }],
    ['granted it, though it asks for more', { grantedScopes: readonlyScopes }],
    ['asked for, before it was ever connected', { scopes: readonlyScopes, credentialId: null }],
  ])('holds what an instance can do that is %s', async (_what, change) => {
    endpoint.instance = { ...endpoint.instance, toolsets: ['core'], ...change };
    const { body } = await post2026('tools/list');
    const { tools } = body?.result as { tools: Tool[] };

    expect(tools.map(({ name }) => name)).toEqual([
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
      'get_connection_status',
    ]);
  });

  it('calls what only reads read-only, and what does more when it is done twice not idempotent', async () => {
    endpoint.instance = { ...endpoint.instance, toolsets: ['core'] };
    const { body } = await post2026('tools/list');
    const { tools } = body?.result as { tools: Tool[] };
    const where = (hint: 'readOnlyHint' | 'idempotentHint' | 'destructiveHint', value: boolean) =>
      tools.filter(({ annotations }) => annotations?.[hint] === value).map(({ name }) => name);

    expect(where('readOnlyHint', false)).toEqual([
      ...['modify_message_labels', 'modify_thread_labels', 'create_draft', 'send_message'],
      ...['reply_to_message', 'forward_message', 'send_draft'],
    ]);
    expect(where('idempotentHint', false)).toEqual([
      ...['create_draft', 'send_message', 'reply_to_message', 'forward_message', 'send_draft'],
    ]);
    expect(where('destructiveHint', true)).toEqual(['modify_message_labels', 'modify_thread_labels']);
  });

  it.each(['tools/list', 'server/discover'])('lets only the client itself cache %s', async (method) => {
    expect((await post2026(method)).body?.result).toMatchObject({ cacheScope: 'private', ttlMs: 300_000 });
  });

  it.each([
    ['2025-11-25', async () => (await endpoint.post(listFrom('nowhere'))).answers[0]],
    ['2026-07-28', async () => (await post2026('tools/list', { cursor: 'nowhere' })).body],
  ])('answers -32602 to a cursor it never gave (%s)', async (_revision, list) => {
    expect(await list()).toMatchObject({ error: { code: -32602 } });
  });
});

function listFrom(cursor: string) {
  return { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { cursor } };
}

describe('prompts', () => {
  const get = async (params: object) => (await post2026('prompts/get', params)).body;

  it('are listed with their arguments, for the client itself to cache', async () => {
    const { body } = await post2026('prompts/list');

    expect(body?.result).toMatchObject({ cacheScope: 'private', ttlMs: 300_000 });
    expect((body?.result as { prompts: object[] }).prompts).toContainEqual(
      expect.objectContaining({ name: 'whats_new', arguments: [expect.objectContaining({ name: 'since' })] }),
    );
  });

  it.each([
    ['2025-11-25', async (name: string) => (await endpoint.post(promptNamed(name))).answers[0]],
    ['2026-07-28', (name: string) => get({ name })],
  ])('are one message of the user, and ask nothing of Google (%s)', async (_revision, getNamed) => {
    expect(await getNamed('whats_new')).toMatchObject({
      result: { messages: [{ role: 'user', content: { type: 'text', text: expect.any(String) } }] },
    });
    expect(endpoint.broker.asked).toEqual([]);
  });

  it('answer -32602 to a name that they do not have, and to an argument that is missing', async () => {
    const answers = [await get({ name: 'no_such_prompt' }), await get({ name: 'summarise_thread' })];

    expect(answers).toMatchObject([
      { error: { code: -32602, message: 'There is no such prompt' } },
      { error: { code: -32602, message: 'The argument "thread" is missing' } },
    ]);
  });
});

function promptNamed(name: string) {
  return { jsonrpc: '2.0', id: 1, method: 'prompts/get', params: { name } };
}

describe('tools/call', () => {
  it.each(['no_such_tool', 'constructor', '__proto__'])(
    'answers -32602 to a tool it does not have (%s)',
    async (name) => {
      expect((await endpoint.post(toolCall(1, name))).answers[0]).toMatchObject({ error: { code: -32602 } });
    },
  );

  it.each([
    ['an argument out of range', 'search_messages', { maxResults: 51 }, 'maxResults'],
    ['an argument of the wrong type', 'search_messages', { query: 7 }, 'query'],
    ['an argument the tool does not have', 'search_messages', { max_results: 5 }, 'max_results'],
    ['a missing argument', 'get_message', {}, 'messageId'],
    ['an id that is none', 'get_message', { messageId: '../drafts' }, 'messageId'],
    ['an argument to a tool without any', 'get_connection_status', { verbose: true }, 'verbose'],
  ])('names %s in the result', async (_case, tool, input, field) => {
    const result = await endpoint.callTool(tool, input);

    expect(result.isError).toBe(true);
    expect(JSON.parse(result.content[1]?.text ?? '')).toMatchObject({
      errorCode: 'VALIDATION_FAILED',
      field,
    });
    expect(result.content[0]?.text).toContain(field);
    expect(endpoint.gmail.requests).toEqual([]);
  });

  it('says nothing twice to a program that asks for the structure', async () => {
    const { content } = await endpoint.callTool('get_connection_status');

    expect(content).toEqual([{ type: 'text', text: 'The answer is in structuredContent.' }]);
  });

  it('takes bodies beyond the limit of ordinary routes', async () => {
    const result = await endpoint.callTool('search_messages', { query: 'x'.repeat(5_000_000) });

    expect(JSON.parse(result.content[1]?.text ?? '')).toMatchObject({ field: 'query' });
  });
});

it.each(['GET', 'DELETE'])('answers 405 to %s, since there are no sessions', async (method) => {
  const headers = { authorization: `Bearer ${mcpToken}`, accept: 'text/event-stream' };

  expect((await fetch(endpoint.url, { method, headers })).status).toBe(405);
});
