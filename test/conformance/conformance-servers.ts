import { Injectable } from '@nestjs/common';
import type {
  CallToolRequest,
  CallToolResult,
  GetPromptResult,
  InputRequiredResult,
  ListPromptsResult,
  ListResourcesResult,
  ListResourceTemplatesResult,
  McpServer,
  ReadResourceResult,
  ServerContext,
  Tool,
} from '@modelcontextprotocol/server';
import { McpServers } from '../../src/gmail-mcp/endpoint/mcp-servers.js';
import type { McpCaller } from '../../src/gmail-mcp/guards/mcp-request.js';
import { contentTools } from './fixtures/content-tools.js';
import { inputTools } from './fixtures/input-tools.js';
import { completions, fixturePrompts } from './fixtures/prompts.js';
import { fixtureContents, fixtureResources, fixtureTemplate } from './fixtures/resources.js';
import { sessionTools } from './fixtures/session-tools.js';
import { RecordedHandlers } from './recorded-handlers.js';

const tools = new Map(
  [...contentTools, ...inputTools, ...sessionTools].map((tool) => [tool.listing.name, tool]),
);
const prompts = new Map(fixturePrompts.map((prompt) => [prompt.listing.name, prompt]));

/** The product's servers, with the tools, prompts and resources beside its own that the suite asks for. */
@Injectable()
export class ConformanceServers extends McpServers {
  override newServer(...call: Parameters<McpServers['newServer']>): McpServer {
    const mcp = super.newServer(...call);
    mcp.server.registerCapabilities({ logging: {} });
    return mcp;
  }

  protected override listTools(caller: McpCaller): Tool[] {
    return [...super.listTools(caller), ...Array.from(tools.values(), ({ listing }) => listing)];
  }

  protected override async callTool(
    params: CallToolRequest['params'],
    caller: McpCaller,
    context: ServerContext,
  ): Promise<CallToolResult | InputRequiredResult> {
    const fixture = tools.get(params.name);
    return fixture === undefined
      ? super.callTool(params, caller, context)
      : fixture.call(context, params.arguments ?? {});
  }

  protected override servePrompts(mcp: McpServer, caller: McpCaller): void {
    const own = new RecordedHandlers((server) => super.servePrompts(server, caller));
    mcp.server.registerCapabilities({ completions: {} });
    mcp.server.setRequestHandler('prompts/list', async (request, context) => {
      const listed = await own.answer<ListPromptsResult>('prompts/list', request, context);
      return { prompts: [...listed.prompts, ...fixturePrompts.map(({ listing }) => listing)] };
    });
    mcp.server.setRequestHandler('prompts/get', (request, context) => {
      const { name, arguments: input = {} } = request.params;
      return (
        prompts.get(name)?.get(input, context) ?? own.answer<GetPromptResult>('prompts/get', request, context)
      );
    });
    mcp.server.setRequestHandler('completion/complete', ({ params: { argument } }) => ({
      completion: { values: completions.filter((each) => each.startsWith(argument.value)) },
    }));
  }

  protected override serveResources(mcp: McpServer, caller: McpCaller): void {
    const own = new RecordedHandlers((server) => super.serveResources(server, caller));
    mcp.server.registerCapabilities({ resources: { subscribe: true } });
    mcp.server.setRequestHandler('resources/list', async (request, context) => {
      const listed = await own.answer<ListResourcesResult>('resources/list', request, context);
      return { resources: [...listed.resources, ...fixtureResources.map(({ listing }) => listing)] };
    });
    mcp.server.setRequestHandler('resources/templates/list', async (request, context) => {
      const listed = await own.answer<ListResourceTemplatesResult>(
        'resources/templates/list',
        request,
        context,
      );
      return { resourceTemplates: [...listed.resourceTemplates, fixtureTemplate] };
    });
    mcp.server.setRequestHandler('resources/read', async (request, context) => {
      const contents = fixtureContents(request.params.uri);
      if (contents !== null) return { contents };
      return own.answer<ReadResourceResult | InputRequiredResult>('resources/read', request, context);
    });
    // A server without sessions has no one to tell of a change; the suite asks only whether it is taken.
    mcp.server.setRequestHandler('resources/subscribe', async () => ({}));
    mcp.server.setRequestHandler('resources/unsubscribe', async () => ({}));
  }
}
