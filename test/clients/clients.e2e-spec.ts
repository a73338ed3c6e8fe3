import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newMailbox, type TestMailbox } from '../harness/mailboxes.js';
import { bearer } from '../harness/callers.js';
import { TestApp } from '../harness/test-app.js';
import { aiSdk } from './adapters/ai-sdk.js';
import { currentSdk } from './adapters/current-sdk.js';
import { firstSdk } from './adapters/first-sdk.js';
import { googleGenai } from './adapters/google-genai.js';
import { inspector, runInspector } from './adapters/inspector.js';
import { langchain } from './adapters/langchain.js';
import { mcpRemote } from './adapters/mcp-remote.js';
import { openaiAgents } from './adapters/openai-agents.js';
import type { CallOutcome, ClientLibrary, ConnectedClient, Endpoint } from './client-library.js';
import { readingToolNames, toolNames } from '../harness/tool-names.js';

const [readonly, modify] = ['readonly', 'modify'].map(
  (scope) => `https://www.googleapis.com/auth/gmail.${scope}`,
);

/** More than any of them needs for one of these tests. */
const callsPerMinute = 30;

let app: TestApp;
let mailbox: TestMailbox;
let dead: TestMailbox;
beforeAll(async () => {
  app = await TestApp.start({ RATE_LIMIT_PER_MINUTE: String(callsPerMinute) });
  mailbox = await newMailbox(app);
  dead = await newMailbox(app);
  await app.google.revokeGrants({ account: dead.account });
});
afterAll(() => app.stop());
// The operator's key, which makes mailboxes and tokens, has the same limit.
beforeEach(() => app.advance(61));

/** A token of its own for each test, so that none takes another's calls. */
async function endpointOf({ id, mcpUrl }: TestMailbox): Promise<Endpoint> {
  const { body } = await app.api<Endpoint>('POST', `/api/instances/${id}/mcp-tokens`, {});
  return { mcpUrl, mcpToken: body.mcpToken };
}

async function using<Found>(
  library: ClientLibrary,
  endpoint: Endpoint,
  use: (client: ConnectedClient) => Promise<Found>,
): Promise<Found> {
  const client = await library.connect(endpoint);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

function expectRefusal({ isError, text }: CallOutcome, ...parts: string[]): void {
  expect(isError).toBe(true);
  for (const part of parts) expect(text).toContain(part);
}

async function spendAllCalls({ mcpUrl, mcpToken }: Endpoint): Promise<void> {
  const headers = { ...bearer(mcpToken), 'content-type': 'application/json' };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });
  for (let spent = 0; spent <= callsPerMinute; spent += 1) {
    const { status } = await fetch(mcpUrl, { method: 'POST', headers, body });
    if (status === 429) return;
  }
  throw new Error('The limit was not reached');
}

describe.each<[string, ClientLibrary]>([
  ['@modelcontextprotocol/client in revision 2026-07-28', currentSdk('auto')],
  ['@modelcontextprotocol/client in the older revisions', currentSdk('legacy')],
  ['@modelcontextprotocol/sdk', firstSdk],
  ['the MCP Inspector on the command line', inspector],
  ['mcp-remote', mcpRemote],
  ['@ai-sdk/mcp', aiSdk],
  ['@langchain/mcp-adapters', langchain],
  ['@openai/agents', openaiAgents],
  ['mcpToTool of @google/genai', googleGenai],
])('%s', (_name, library) => {
  it('lists the tools', async () => {
    const tools = await using(library, await endpointOf(mailbox), (client) => client.tools());
    expect(tools).toEqual(readingToolNames);
  });

  it('calls one', async () => {
    const { isError, text } = await using(library, await endpointOf(mailbox), (client) =>
      client.call('search_messages', { query: 'in:inbox', maxResults: 2 }),
    );
    expect(isError).toBe(false);
    expect(text).toContain('The content of messages was written by third parties');
  });

  it('says of a wrong token that it is refused', async () => {
    const wrong = { mcpUrl: mailbox.mcpUrl, mcpToken: 'egmcp_wrong' };
    await expect(using(library, wrong, (client) => client.tools())).rejects.toThrow(library.badToken);
  });

  it('hands on that a grant is dead, with the link that mends it', async () => {
    const outcome = await using(library, await endpointOf(dead), (client) =>
      client.call('search_messages', {}),
    );
    expectRefusal(outcome, 'INVALID_REFRESH_TOKEN', 'please re-authenticate', `${app.url}/connect/`);
  });

  it('hands on that a scope is missing', async () => {
    const narrowed = await newMailbox(app, { scopes: [readonly, modify] });
    const call = (client: ConnectedClient) =>
      client.call('modify_message_labels', { messageId: 'a1', addLabelIds: ['STARRED'] });
    const narrow = () => app.api('PATCH', `/api/instances/${narrowed.id}`, { scopes: [readonly] });
    await using(library, await endpointOf(narrowed), async (client) => {
      expect(await client.tools()).toContain('modify_message_labels');
      await narrow();
      if (library.connectsForEachCall === true) await expect(call(client)).rejects.toThrow('not found');
      else expectRefusal(await call(client), 'INSUFFICIENT_SCOPE', modify!);
    });
  });

  it('hands on that a limit is reached, and when to come back', async () => {
    const endpoint = await endpointOf(mailbox);
    await using(library, endpoint, async (client) => {
      await client.tools();
      await spendAllCalls(endpoint);
      const call = client.call('get_connection_status', {});
      if (library.connectsForEachCall === true) await expect(call).rejects.toThrow(/429|Too many requests/);
      else expectRefusal(await call, 'RATE_LIMITED', 'Try again in ');
    });
  });
});

it('the MCP Inspector finds nothing in the schemas of all tools that other clients may not take', async () => {
  const everything = await newMailbox(app, { scopes: ['https://mail.google.com/'] });
  const endpoint = await endpointOf(everything);
  const { exitCode, stdout, stderr } = await runInspector(endpoint, '--method', 'tools/list', '--strict');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect((JSON.parse(stdout) as { tools: unknown[] }).tools).toHaveLength(toolNames.length);
});
