import { describe, expect, it } from '@jest/globals';
import type { McpRequest } from '../guards/mcp-request.js';
import { plainToolCall } from './plain-tool-call.js';

const instance = { toolPrefix: null };
const prefix = 'io.modelcontextprotocol/';
const accept = 'application/json, text/event-stream';
const legacy = { headers: { accept, 'mcp-protocol-version': '2025-11-25' }, meta: undefined };
const modern = {
  headers: {
    accept,
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': 'get_message',
  },
  meta: {
    [`${prefix}protocolVersion`]: '2026-07-28',
    [`${prefix}clientInfo`]: { name: 'client', version: '1' },
    [`${prefix}clientCapabilities`]: { elicitation: { form: {} } },
  },
};

interface Changes {
  headers?: Record<string, string | undefined>;
  meta?: Record<string, unknown>;
  params?: Record<string, unknown>;
  message?: Record<string, unknown>;
  body?: unknown;
}

function call(
  { headers, meta }: { headers: Record<string, string>; meta: Record<string, unknown> | undefined },
  changes: Changes = {},
) {
  const _meta = meta || changes.meta ? { ...meta, ...changes.meta } : undefined;
  const params = {
    name: 'get_message',
    arguments: { messageId: 'm1' },
    ...(_meta && { _meta }),
    ...changes.params,
  };
  const body = changes.body ?? { jsonrpc: '2.0', id: 7, method: 'tools/call', params, ...changes.message };
  const request = { method: 'POST', headers: { ...headers, ...changes.headers }, body, caller: { instance } };
  return plainToolCall(request as unknown as McpRequest);
}

describe('a plain tool call', () => {
  it.each<[string, Parameters<typeof call>, string]>([
    ['of 2026-07-28', [modern], 'modern'],
    ['of 2025-11-25', [legacy], 'legacy'],
    ['of an older revision', [legacy, { headers: { 'mcp-protocol-version': '2025-03-26' } }], 'legacy'],
    ['that names no revision', [legacy, { headers: { 'mcp-protocol-version': undefined } }], 'legacy'],
    ['that is traced', [modern, { meta: { traceparent: '00-1-2-3' } }], 'modern'],
    ['with an id of letters', [legacy, { message: { id: 'seven' } }], 'legacy'],
  ])('is one %s', (_which, args, era) => {
    expect(call(...args)).toMatchObject({ era, tool: { name: 'get_message' }, input: { messageId: 'm1' } });
  });

  it.each([
    [accept, 'stream'],
    ['application/json', 'json'],
    ['*/*', 'json'],
    [undefined, 'json'],
  ])('whose client accepts %s takes the form %s', (accepted, form) => {
    expect(call(legacy, { headers: { accept: accepted } })).toMatchObject({ form });
  });

  it('may come without arguments', () => {
    expect(call(legacy, { params: { arguments: undefined } })).toMatchObject({ id: 7, input: undefined });
  });
});

describe('the SDK answers', () => {
  it.each<[string, Parameters<typeof call>]>([
    ['an array', [legacy, { body: [{}] }]],
    ['no body', [legacy, { body: 'none' }]],
    ['another method', [legacy, { message: { method: 'tools/list' } }]],
    ['a notification', [legacy, { message: { id: undefined } }]],
    ['a call without a version of JSON-RPC', [legacy, { message: { jsonrpc: '1.0' } }]],
    ['a field that JSON-RPC does not know', [legacy, { message: { more: 1 } }]],
    ['an unknown tool', [legacy, { params: { name: 'fly' } }]],
    ['the name of what objects inherit', [legacy, { params: { name: 'constructor' } }]],
    ['arguments that are no object', [legacy, { params: { arguments: 'm1' } }]],
    ['further parameters', [legacy, { params: { task: { ttl: 1 } } }]],
    ['a client that takes neither form', [legacy, { headers: { accept: 'text/html' } }]],
    ['a revision that is none', [legacy, { headers: { 'mcp-protocol-version': '2020-01-01' } }]],
    ['metadata of the protocol that says more', [modern, { meta: { [`${prefix}logLevel`]: 'info' } }]],
    ['such metadata in an older revision', [legacy, { meta: { [`${prefix}clientInfo`]: {} } }]],
    ['a modern header without its envelope', [{ ...modern, meta: undefined }]],
    ['an envelope without its header', [modern, { headers: { 'mcp-protocol-version': undefined } }]],
    ['an envelope of another revision', [modern, { headers: { 'mcp-protocol-version': '2025-11-25' } }]],
    ['a broken envelope', [modern, { meta: { [`${prefix}clientCapabilities`]: 1 } }]],
    ['a missing Mcp-Method', [modern, { headers: { 'mcp-method': undefined } }]],
    ['another Mcp-Method', [modern, { headers: { 'mcp-method': 'tools/list' } }]],
    ['a missing Mcp-Name', [modern, { headers: { 'mcp-name': undefined } }]],
    ['another Mcp-Name', [modern, { headers: { 'mcp-name': 'send_message' } }]],
  ])('%s', (_what, args) => {
    expect(call(...args)).toBeNull();
  });
});
