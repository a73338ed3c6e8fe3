import { Injectable } from '@nestjs/common';
import { McpServer } from '@modelcontextprotocol/server';
import type { PersonCaller } from '../guards/mcp-request.js';
import { listedTools, usableNames } from '../mailboxes/listed-tools.js';
import { PersonCalls } from '../mailboxes/person-calls.js';
import { filledPersonPrompt, promptsOfMailboxes } from '../mailboxes/person-prompts.js';
import { servePersonResources } from '../mailboxes/person-resources.js';
import { McpOptions } from '../mcp-options.js';
import { requireFirstPage } from '../serving/one-page.js';
import { serveSomePrompts } from '../serving/serve-prompts.js';
import { instructionsForPerson } from '../serving/instructions.js';
import { cachedLists } from './mcp-servers.js';
import type { Era } from '../serving/protocol-era.js';
import { mayWatch } from '../calls/tools-of-instance.js';
import { serverInfo } from '../serving/server-info.js';

/** Builds the MCP server that answers one HTTP request of a person's client, about all mailboxes that it was allowed. */
@Injectable()
export class PersonServers {
  constructor(
    private readonly options: McpOptions,
    private readonly calls: PersonCalls,
  ) {}

  /** Resources can be subscribed to as `McpServers` says, in one of the mailboxes at least. */
  newServer(person: PersonCaller, era: Era): McpServer {
    const { instances } = person;
    const resources = {
      listChanged: false,
      ...(era === 'modern' && instances.some(mayWatch) && { subscribe: true }),
    };
    const [first, second] = instances;
    const shown = first !== undefined && second === undefined ? first : { email: null, name: 'Gmail' };
    const mcp = new McpServer(serverInfo(this.options, shown), {
      instructions: instructionsForPerson(instances, usableNames(instances)),
      capabilities: { tools: { listChanged: false }, prompts: { listChanged: false }, resources },
      cacheHints: cachedLists,
    });
    mcp.server.setRequestHandler('tools/list', ({ params }) => {
      requireFirstPage(params);
      return { tools: listedTools(instances) };
    });
    mcp.server.setRequestHandler('tools/call', ({ params }, { mcpReq }) =>
      this.calls.callTool(params, person, mcpReq),
    );
    serveSomePrompts(mcp, {
      list: () => promptsOfMailboxes(instances),
      fill: (name, given) => filledPersonPrompt(instances, name, given),
    });
    servePersonResources(mcp, person, this.calls);
    return mcp;
  }
}
