import { mcpToTool } from '@google/genai';
import type { ClientLibrary } from '../client-library.js';
import { firstSdkClient } from './first-sdk.js';

/** `@google/genai`: mcpToTool, which calls what a Gemini model asks for. */
export const googleGenai: ClientLibrary = {
  badToken: /MCP token/,
  connect: async (endpoint) => {
    const client = await firstSdkClient(endpoint);
    const tool = mcpToTool(client);
    await tool.tool();
    return {
      tools: async () => ((await tool.tool()).functionDeclarations ?? []).map(({ name = '' }) => name),
      call: async (name, input) => {
        const [part] = await tool.callTool([{ name, args: input }]);
        const text = JSON.stringify(part?.functionResponse?.response);
        return { isError: part?.functionResponse?.response?.error !== undefined, text };
      },
      close: () => client.close(),
    };
  },
};
