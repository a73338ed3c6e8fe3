import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/server';
import { McpEndpoint } from '../endpoint/mcp-endpoint.fixture.js';

const ids = Array.from({ length: 20 }, (_each, index) => `m${index}`);

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  for (const id of ids) endpoint.gmail.messages.set(id, { subject: id, text: 'Short', threadId: 't1' });
});
afterEach(() => endpoint.stop());

interface Progress {
  progressToken: unknown;
  progress: number;
  total: number;
}

type Revision = '2025-11-25' | '2026-07-28';

/** The result of a call, and what its client was told before. */
async function call(
  revision: Revision,
  name: string,
  input: object,
  { progressToken, accept }: { progressToken?: string | number; accept?: string } = {},
) {
  const isModern = revision === '2026-07-28';
  const _meta = {
    ...(progressToken !== undefined && { progressToken }),
    ...(isModern && {
      [PROTOCOL_VERSION_META_KEY]: revision,
      [CLIENT_INFO_META_KEY]: { name: 'spec', version: '1.0.0' },
      [CLIENT_CAPABILITIES_META_KEY]: {},
    }),
  };
  const headers = {
    'mcp-protocol-version': revision,
    ...(isModern && { 'mcp-method': 'tools/call', 'mcp-name': name }),
    ...(accept !== undefined && { accept }),
  };
  const params = { name, arguments: input, _meta };
  const answer = await endpoint.post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }, { headers });
  const told = answer.answers.filter(({ method }) => method === 'notifications/progress');
  return {
    result: answer.answers.at(-1)?.result as { isError?: boolean } | undefined,
    told: told.map(({ params: each }) => each as Progress),
    type: answer.headers.get('content-type'),
  };
}

describe.each<Revision>(['2025-11-25', '2026-07-28'])('progress in revision %s', (revision) => {
  it.each<[string, object]>([
    ['search_messages', { maxResults: 20 }],
    ['search_threads', { maxResults: 20 }],
    ['get_messages', { messageIds: ids }],
    ['get_thread', { threadId: 't1' }],
  ])('is told by %s, more each time, before the result', async (tool, input) => {
    const { result, told } = await call(revision, tool, input, { progressToken: 'p1' });
    expect(result?.isError).toBeUndefined();
    expect(told.length).toBeGreaterThan(0);
    expect(told.every(({ progressToken }) => progressToken === 'p1')).toBe(true);
    const steps = told.map(({ progress }) => progress);
    expect(steps).toEqual(steps.map((_step, index) => index + 1));
    expect(steps.at(-1)).toBeLessThanOrEqual(told[0]!.total);
  });

  it('counts every message of twenty', async () => {
    const { told } = await call(revision, 'get_messages', { messageIds: ids }, { progressToken: 0 });
    expect(told.at(-1)).toMatchObject({ progressToken: 0, progress: 20, total: 20 });
  });

  it('is told to no client that did not ask for it', async () => {
    expect((await call(revision, 'get_messages', { messageIds: ids })).told).toEqual([]);
  });

  it('is left out where the client takes JSON only', async () => {
    const options = { progressToken: 'p1', accept: 'application/json' };
    const { result, told, type } = await call(revision, 'get_messages', { messageIds: ids }, options);
    expect([told, type]).toEqual([[], 'application/json']);
    expect(result).toMatchObject({ content: [{ type: 'text' }] });
  });
});
