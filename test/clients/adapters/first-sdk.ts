import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  authorization,
  clientInfo,
  outcomeOf,
  type ClientLibrary,
  type ConnectedClient,
  type Endpoint,
} from '../client-library.js';

/** A client of the SDK's first generation, which others build on. */
export async function firstSdkClient(endpoint: Endpoint): Promise<Client> {
  const requestInit = { headers: authorization(endpoint) };
  return connected(new StreamableHTTPClientTransport(new URL(endpoint.mcpUrl), { requestInit }));
}

export async function connected(transport: Transport): Promise<Client> {
  const client = new Client(clientInfo);
  await client.connect(transport);
  return client;
}

export function connectedClient(client: Client): ConnectedClient {
  return {
    tools: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, input) => outcomeOf(await client.callTool({ name, arguments: input })),
    close: () => client.close(),
  };
}

/** `@modelcontextprotocol/sdk`, the first generation. */
export const firstSdk: ClientLibrary = {
  badToken: /MCP token/,
  connect: async (endpoint) => connectedClient(await firstSdkClient(endpoint)),
};
