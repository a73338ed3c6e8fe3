import { Injectable } from '@nestjs/common';
import { McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { McpCaller } from '../guards/mcp-request.js';
import { McpOptions } from '../mcp-options.js';
import { instructionsFor } from './instructions.js';
import { serverInfo } from './server-info.js';
import { callToolResult } from '../calls/tool-run.js';
import { AuditedToolRunner } from '../calls/audited-tool-runner.js';
import { gmailTools } from '../tools/index.js';
import { listedTools } from '../calls/tools-of-instance.js';

const toolsByName = new Map(gmailTools.map((tool) => [tool.name, tool]));
const listCache = { ttlMs: 300_000, cacheScope: 'private' } as const;

/** Builds the MCP server that answers one HTTP request: a server that is used again leaks its transports. */
@Injectable()
export class McpServers {
  constructor(
    private readonly options: McpOptions,
    private readonly runner: AuditedToolRunner,
  ) {}

  newServer(caller: McpCaller): McpServer {
    const mcp = new McpServer(serverInfo(this.options, caller.instance), {
      instructions: instructionsFor(caller.instance),
      capabilities: { tools: { listChanged: false } },
      cacheHints: { 'tools/list': listCache, 'server/discover': listCache },
    });
    // Handlers instead of registerTool, which converts every schema anew for each server, ignores cursors
    // and shows thrown messages to the model.
    mcp.server.setRequestHandler('tools/list', ({ params }) => {
      if (params?.cursor !== undefined) {
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The list of tools has one page only');
      }
      return { tools: listedTools(caller.instance) };
    });
    mcp.server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
      const tool = toolsByName.get(params.name);
      if (tool === undefined)
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no such tool');
      return callToolResult(await this.runner.run(tool, params.arguments, caller, mcpReq.signal));
    });
    return mcp;
  }
}
