import { createMCPClient } from '@ai-sdk/mcp';
import { authorization, outcomeOf, type ClientLibrary } from '../client-library.js';

/** `@ai-sdk/mcp`: tools of the MCP server as tools of the AI SDK. */
export const aiSdk: ClientLibrary = {
  badToken: /401|token/i,
  connect: async (endpoint) => {
    const transport = { type: 'http', url: endpoint.mcpUrl, headers: authorization(endpoint) } as const;
    const client = await createMCPClient({ transport });
    const tools = await client.tools();
    return {
      tools: async () => Object.keys(tools),
      call: async (name, input) => {
        const options = { toolCallId: '1', messages: [], context: undefined };
        return outcomeOf((await tools[name]?.execute(input, options as never)) as object);
      },
      close: () => client.close(),
    };
  },
};
