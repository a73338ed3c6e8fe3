import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Client as CurrentClient,
  StreamableHTTPClientTransport as CurrentTransport,
} from '@modelcontextprotocol/client';
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { TestApp, type CreatedInstance } from '../harness/test-app.js';
import { readingToolNames } from '../harness/tool-names.js';
import { structureUrl } from '../harness/structured-answers.js';

interface ToolResult {
  isError?: boolean;
  content: { type: string; text: string }[];
  structuredContent?: Record<string, unknown>;
}

/** What the tests need of an MCP client, whichever SDK it comes from. */
interface ConnectedClient {
  tools(): Promise<string[]>;
  call(name: string, input?: Record<string, unknown>): Promise<ToolResult>;
  close(): Promise<void>;
}

const info = { name: 'evergrant-tests', version: '1.0.0' };

let app: TestApp;
let mailbox: CreatedInstance;
beforeAll(async () => {
  app = await TestApp.start();
  mailbox = await app.connectedInstance({ account: 'demo@sandbox.test' });
});
afterAll(() => app.stop());
afterEach(() => app.google.clearFaults());

function requestInit({ mcpToken }: { mcpToken: string }) {
  return { headers: { authorization: `Bearer ${mcpToken}` } };
}

async function currentClient(instance: CreatedInstance, mode: 'auto' | 'legacy'): Promise<ConnectedClient> {
  const client = new CurrentClient(info, { versionNegotiation: { mode } });
  await client.connect(
    new CurrentTransport(structureUrl(instance.mcpUrl), { requestInit: requestInit(instance) }),
  );
  return {
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, input = {}) =>
      (await client.callTool({ name, arguments: input })) as unknown as ToolResult,
    close: () => client.close(),
  };
}

async function olderClient(instance: CreatedInstance): Promise<ConnectedClient> {
  const client = new OlderClient(info);
  await client.connect(
    new OlderTransport(structureUrl(instance.mcpUrl), { requestInit: requestInit(instance) }),
  );
  return {
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, input = {}) =>
      (await client.callTool({ name, arguments: input })) as unknown as ToolResult,
    close: () => client.close(),
  };
}

async function withClient<T>(
  instance: CreatedInstance,
  work: (client: ConnectedClient) => Promise<T>,
): Promise<T> {
  const client = await currentClient(instance, 'auto');
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** The error fields of a refused tool call; they come as the last text block. */
function refusal(result: ToolResult): Record<string, unknown> {
  expect(result.isError).toBe(true);
  return JSON.parse(result.content.at(-1)!.text) as Record<string, unknown>;
}

describe.each([
  [
    'the current client on revision 2026-07-28',
    (instance: CreatedInstance) => currentClient(instance, 'auto'),
  ],
  [
    'the current client on the older revisions',
    (instance: CreatedInstance) => currentClient(instance, 'legacy'),
  ],
  ['the SDK of the first generation', olderClient],
])('%s', (_name, connect) => {
  it('lists the tools and calls them', async () => {
    const client = await connect(mailbox);
    try {
      expect(await client.tools()).toEqual(readingToolNames);
      const search = await client.call('search_messages', { query: 'has:attachment', maxResults: 2 });
      expect(search.isError).not.toBe(true);
      const { messages } = search.structuredContent as { messages: { id: string; subject: string }[] };
      expect(messages.length).toBeGreaterThan(0);
      const message = await client.call('get_message', { messageId: messages[0]!.id });
      expect(message.structuredContent).toMatchObject({ id: messages[0]!.id, subject: messages[0]!.subject });
      const status = await client.call('get_connection_status');
      expect(status.structuredContent).toMatchObject({ email: 'demo@sandbox.test', requiresReauth: false });
    } finally {
      await client.close();
    }
  });
});

describe('a mailbox that is not connected', () => {
  it('lists its tools, tells its status with a link, and that link connects it', async () => {
    const instance = await app.createInstance();
    await withClient(instance, async (client) => {
      expect(await client.tools()).toContain('search_messages');
      const status = await client.call('get_connection_status');
      expect(status.isError).not.toBe(true);
      expect(status.structuredContent).toMatchObject({ oauthStatus: 'pending', requiresReauth: true });

      const refused = refusal(await client.call('search_messages'));
      expect(refused).toMatchObject({
        instanceId: instance.id,
        errorCode: 'OAUTH_FLOW_REQUIRED',
        requiresReauth: true,
        connectUrl: expect.stringMatching(new RegExp(`^${app.url}/connect/[\\w-]{43}$`)),
      });
      const { connectMailbox } = await import('../../sandbox/index.js');
      await connectMailbox(refused.connectUrl as string, { account: 'demo@sandbox.test' });
      expect((await client.call('search_messages')).isError).not.toBe(true);
    });
  });
});

describe('a tool call', () => {
  it('refreshes once when Gmail rejects the token, and answers as if nothing had happened', async () => {
    await app.google.addAccount({ email: 'rejected@sandbox.test' });
    const instance = await app.connectedInstance({ account: 'rejected@sandbox.test' });
    await app.google.clearLedger();
    await withClient(instance, async (client) => {
      expect((await client.call('search_messages')).isError).not.toBe(true);
      await app.google.expireAccessTokens('rejected@sandbox.test');
      expect((await client.call('search_messages')).isError).not.toBe(true);
    });
    const { tokenRequests } = await app.google.ledger();
    expect(tokenRequests.filter(({ account }) => account === 'rejected@sandbox.test')).toHaveLength(1);
  });

  it('answers a dead grant with one honest request to sign in, over HTTP 200', async () => {
    await app.google.addAccount({ email: 'revoked@sandbox.test' });
    const instance = await app.connectedInstance({ account: 'revoked@sandbox.test' });
    await app.google.revokeGrants({ account: 'revoked@sandbox.test' });
    await withClient(instance, async (client) => {
      const result = await client.call('search_messages');
      expect(refusal(result)).toMatchObject({
        error: 'Token refresh failed - please re-authenticate',
        instanceId: instance.id,
        errorCode: 'INVALID_REFRESH_TOKEN',
        requiresReauth: true,
        connectUrl: expect.stringContaining('/connect/'),
      });
      expect(result.content[0]!.text).toContain('/connect/');
    });
  });

  it.each([
    [
      'a rate limit (403)',
      403,
      { error: { code: 403, errors: [{ reason: 'rateLimitExceeded' }] } },
      'SERVICE_UNAVAILABLE',
    ],
    [
      'a policy of the administrator (403)',
      403,
      { error: { code: 403, errors: [{ reason: 'domainPolicy' }] } },
      'ADMIN_BLOCKED',
    ],
    [
      'an outage (503)',
      503,
      { error: { code: 503, errors: [{ reason: 'backendError' }] } },
      'SERVICE_UNAVAILABLE',
    ],
  ])('does not take %s for a reason to sign in again', async (_case, status, body, errorCode) => {
    await app.google.addFault({ target: 'gmail', fault: { kind: 'error', status, body } });
    await withClient(mailbox, async (client) => {
      expect(refusal(await client.call('search_messages'))).toMatchObject({
        errorCode,
        requiresReauth: false,
      });
    });
  });

  it('names the argument that is wrong', async () => {
    await withClient(mailbox, async (client) => {
      const wrong = refusal(await client.call('search_messages', { maxResults: 0 }));
      expect(wrong).toMatchObject({
        errorCode: 'VALIDATION_FAILED',
        field: 'maxResults',
        requiresReauth: false,
      });
    });
  });
});

describe('HTTP 401', () => {
  it('means the MCP token, and tells no foreign instance from an unknown one', async () => {
    const other = await app.createInstance();
    const answers = await Promise.all(
      [
        [mailbox.mcpUrl, 'Bearer egmcp_wrong'],
        [mailbox.mcpUrl, `Bearer ${other.mcpToken}`],
        [`${app.url}/mcp/00000000-0000-4000-8000-000000000000`, `Bearer ${mailbox.mcpToken}`],
        [`${app.url}/mcp/nonsense`, `Bearer ${mailbox.mcpToken}`],
      ].map(async ([url, authorization]) => {
        const response = await fetch(url!, {
          method: 'POST',
          headers: { authorization: authorization!, 'content-type': 'application/json' },
          body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
        });
        return {
          status: response.status,
          challenge: response.headers.get('www-authenticate'),
          body: await response.json(),
        };
      }),
    );
    for (const answer of answers) {
      expect(answer).toEqual({
        status: 401,
        challenge: expect.stringMatching(
          /^Bearer .*error="invalid_token", error_description="The MCP token is missing or wrong"$/,
        ),
        body: {
          error: expect.any(String),
          instanceId: null,
          errorCode: 'UNAUTHENTICATED',
          requiresReauth: false,
        },
      });
    }
  });
});
