import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { authorization, clientInfo, outcomeOf, type ClientLibrary } from '../client-library.js';

/** `@modelcontextprotocol/client`: revision 2026-07-28, or those before. */
export function currentSdk(mode: 'auto' | 'legacy'): ClientLibrary {
  return {
    badToken: /MCP token|HTTP 401/,
    connect: async (endpoint) => {
      const client = new Client(clientInfo, { versionNegotiation: { mode } });
      const requestInit = { headers: authorization(endpoint) };
      await client.connect(new StreamableHTTPClientTransport(new URL(endpoint.mcpUrl), { requestInit }));
      return {
        tools: async () => (await client.listTools()).tools.map(({ name }) => name),
        call: async (name, input) => outcomeOf(await client.callTool({ name, arguments: input })),
        close: () => client.close(),
      };
    },
  };
}
