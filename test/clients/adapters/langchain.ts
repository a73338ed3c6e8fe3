import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { authorization, type ClientLibrary } from '../client-library.js';

/** `@langchain/mcp-adapters`: it throws what a tool refuses, for LangChain to hand it to the model. */
export const langchain: ClientLibrary = {
  badToken: /401|token/i,
  connect: async (endpoint) => {
    const gmail = { transport: 'http', url: endpoint.mcpUrl, headers: authorization(endpoint) } as const;
    const client = new MultiServerMCPClient({ mcpServers: { gmail } });
    const tools = await client.getTools();
    return {
      tools: async () => tools.map(({ name }) => name),
      call: async (name, input) => {
        const tool = tools.find((each) => each.name === name);
        try {
          return { isError: false, text: JSON.stringify(await tool?.invoke(input)) };
        } catch (failure) {
          return { isError: true, text: (failure as Error).message };
        }
      },
      close: () => client.close(),
    };
  },
};
