import { auth as aiSdkAuth, createMCPClient } from '@ai-sdk/mcp';
import { auth as currentAuth, Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { auth as firstAuth } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as FirstTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { clientInfo, outcomeOf, type CallOutcome } from '../../clients/client-library.js';
import type { KeptSignIn } from './kept-sign-in.js';

export interface SignedInClient {
  tools(): Promise<string[]>;
  call(name: string, input: Record<string, unknown>): Promise<CallOutcome>;
  close(): Promise<void>;
}

/** A library whose own OAuth client signs in, as an application uses it that is given a URL alone. */
export interface SigningLibrary {
  /** Rejects where the person has to sign in first: the kept sign-in then has the page to open. */
  connect(url: string, kept: KeptSignIn): Promise<SignedInClient>;
  /** Asks for some scopes alone: the kept sign-in then has the page to open. */
  ask(url: string, kept: KeptSignIn, scope: string): Promise<unknown>;
  /** Goes on with the address at which the client's redirect URI was called. */
  finish(url: string, kept: KeptSignIn, callback: URL): Promise<void>;
  /** True where an application has the listed tools alone to call. */
  callsListedOnly?: boolean;
}

/** `@modelcontextprotocol/client`: revision 2026-07-28, or those before. */
export function currentSdk(mode: 'auto' | 'legacy'): SigningLibrary {
  const transportTo = (url: string, kept: KeptSignIn) =>
    new StreamableHTTPClientTransport(new URL(url), { authProvider: kept });
  return {
    connect: async (url, kept) => {
      const client = new Client(clientInfo, { versionNegotiation: { mode } });
      await client.connect(transportTo(url, kept));
      return {
        tools: async () => (await client.listTools()).tools.map(({ name }) => name),
        call: async (name, input) => outcomeOf(await client.callTool({ name, arguments: input })),
        close: () => client.close(),
      };
    },
    ask: (serverUrl, kept, scope) => currentAuth(kept, { serverUrl, scope }),
    finish: (url, kept, { searchParams }) => transportTo(url, kept).finishAuth(searchParams),
  };
}

/** `@modelcontextprotocol/sdk`, the first generation. */
export const firstSdk: SigningLibrary = {
  connect: async (url, kept) => {
    const client = new FirstClient(clientInfo);
    const transport = new FirstTransport(new URL(url), { authProvider: kept });
    await client.connect(transport);
    return {
      tools: async () => (await client.listTools()).tools.map(({ name }) => name),
      call: async (name, input) => outcomeOf(await client.callTool({ name, arguments: input })),
      close: () => client.close(),
    };
  },
  ask: (serverUrl, kept, scope) => firstAuth(kept, { serverUrl, scope }),
  finish: (url, kept, { searchParams }) =>
    new FirstTransport(new URL(url), { authProvider: kept }).finishAuth(searchParams.get('code') ?? ''),
};

/** `@ai-sdk/mcp`. */
export const aiSdk: SigningLibrary = {
  callsListedOnly: true,
  connect: async (url, kept) => {
    const client = await createMCPClient({ transport: { type: 'http', url, authProvider: kept } });
    return {
      tools: async () => Object.keys(await client.tools()),
      call: async (name, input) => {
        const tools = await client.tools();
        const options = { toolCallId: '1', messages: [], context: undefined };
        return outcomeOf((await tools[name]?.execute(input, options as never)) as object);
      },
      close: () => client.close(),
    };
  },
  ask: (serverUrl, kept, scope) => aiSdkAuth(kept, { serverUrl, scope }),
  finish: async (url, kept, { searchParams }) => {
    await aiSdkAuth(kept, {
      serverUrl: url,
      authorizationCode: searchParams.get('code') ?? '',
      callbackState: searchParams.get('state') ?? '',
      callbackIssuer: searchParams.get('iss') ?? '',
    });
  },
};
