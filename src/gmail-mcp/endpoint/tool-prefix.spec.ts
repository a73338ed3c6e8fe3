import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { McpEndpoint, toolCall } from './mcp-endpoint.fixture.js';

const toolPrefix = 'sixteen_letters1';

let endpoint: McpEndpoint;

beforeEach(async () => {
  endpoint = await McpEndpoint.start();
  endpoint.instance = { ...endpoint.instance, toolPrefix };
});
afterEach(() => endpoint.stop());

/** A call as the fast path answers it, and as one of a batch, which goes on to the SDK. */
const paths: [string, (name: string, input?: object) => Promise<Record<string, unknown>>][] = [
  ['fast path', async (name, input) => answer(toolCall(1, name, input))],
  ['SDK', async (name, input) => answer([toolCall(1, name, input)])],
];

async function answer(body: unknown): Promise<Record<string, unknown>> {
  return (await endpoint.post(body)).answers[0] ?? {};
}

it('stands before every tool in the list, and before each that a description speaks of', async () => {
  const { result } = await answer({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const { tools } = result as { tools: { name: string }[] };
  expect(tools.filter(({ name }) => !name.startsWith(`${toolPrefix}_`))).toEqual([]);

  const text = JSON.stringify(tools);
  expect(text).toContain(`${toolPrefix}_get_message reads`);
  expect(text).not.toMatch(/\b(search_messages|get_messages?|list_labels|send_message)\b/);
});

it('keeps the list of the core under 12,000 characters, with ten characters', async () => {
  endpoint.instance = { ...endpoint.instance, toolPrefix: 'ten_chars1', toolsets: ['core'] };
  const { result } = await answer({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  expect(JSON.stringify(result).length).toBeLessThan(12_000);
});

describe.each(paths)('a call over the %s', (_path, call) => {
  it('is answered under the whole name', async () => {
    const { result } = await call(`${toolPrefix}_search_messages`, { maxResults: 1 });
    expect(result).toMatchObject({
      content: [{ type: 'text' }],
      structuredContent: { resultSizeEstimate: 0 },
    });
    expect(endpoint.broker.asked).toHaveLength(1);
  });

  it('finds no tool under the plain name, which may mean another mailbox, and asks nothing for it', async () => {
    const { error } = await call('search_messages');
    expect(error).toMatchObject({ code: -32602, message: expect.stringContaining(`${toolPrefix}_`) });
    expect([endpoint.broker.asked, endpoint.gmail.requests]).toEqual([[], []]);
  });

  it('speaks of other tools as they are called', async () => {
    const { result } = await call(`${toolPrefix}_list_changes`, { cursor: 'none' });
    expect(JSON.stringify(result)).toContain(`call ${toolPrefix}_list_changes without one`);
  });
});

it('stands before the tools that cannot work', async () => {
  endpoint.instance = { ...endpoint.instance, requiresReauth: true };
  const { result } = await answer(toolCall(1, `${toolPrefix}_get_connection_status`));
  expect(result).toMatchObject({
    structuredContent: {
      unavailableTools: expect.arrayContaining([
        expect.objectContaining({ name: `${toolPrefix}_get_message`, reason: 'sign_in_required' }),
      ]),
    },
  });
});
