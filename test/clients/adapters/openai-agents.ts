import { MCPServerStreamableHttp } from '@openai/agents';
import { authorization, outcomeOf, type ClientLibrary } from '../client-library.js';

/** It would write failures that a test asks for to the console. */
const silent: ConstructorParameters<typeof MCPServerStreamableHttp>[0]['logger'] = {
  namespace: 'silent',
  debug: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  dontLogModelData: true,
  dontLogToolData: true,
};

/** `@openai/agents`: the MCP side of its agents, without a model. */
export const openaiAgents: ClientLibrary = {
  badToken: /401|token/i,
  connect: async (endpoint) => {
    const requestInit = { headers: authorization(endpoint) };
    const server = new MCPServerStreamableHttp({ url: endpoint.mcpUrl, requestInit, logger: silent });
    await server.connect();
    return {
      tools: async () => (await server.listTools()).map(({ name }) => name),
      call: async (name, input) => outcomeOf(await server.callToolResult(name, input)),
      close: () => server.close(),
    };
  },
};
