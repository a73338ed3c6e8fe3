import { Injectable } from '@nestjs/common';
import {
  type CallToolRequest,
  type CallToolResult,
  type InputRequiredResult,
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
  type Tool,
} from '@modelcontextprotocol/server';
import type { McpCaller } from '../guards/mcp-request.js';
import { McpOptions } from '../mcp-options.js';
import { instructionsFor } from '../serving/instructions.js';
import { serverInfo } from '../serving/server-info.js';
import { callToolResult } from '../calls/tool-run.js';
import { AuditedToolRunner } from '../calls/audited-tool-runner.js';
import { SignInQuestions } from '../elicitation/sign-in-questions.js';
import { toolCalled } from '../naming/tool-names.js';
import { AskedCalls } from '../serving/asked-calls.js';
import type { Era } from '../serving/protocol-era.js';
import { requireFirstPage } from '../serving/one-page.js';
import { servePrompts } from '../serving/serve-prompts.js';
import { serveResources } from '../serving/serve-resources.js';
import { listedTools, mayWatch, usableTools } from '../calls/tools-of-instance.js';

const listCache = { ttlMs: 300_000, cacheScope: 'private' } as const;
export const cachedLists = {
  'tools/list': listCache,
  'prompts/list': listCache,
  'resources/list': listCache,
  'resources/templates/list': listCache,
  'resources/read': { ttlMs: 0, cacheScope: 'private' },
  'server/discover': listCache,
} as const;

/** Builds the MCP server that answers one HTTP request: a server that is used again leaks its transports. */
@Injectable()
export class McpServers {
  private readonly calls: AskedCalls;

  constructor(
    private readonly options: McpOptions,
    runner: AuditedToolRunner,
    questions: SignInQuestions,
  ) {
    this.calls = new AskedCalls(runner, questions);
  }

  /** Resources can be subscribed to in the newest revision alone: in those before, that takes a session. */
  newServer(caller: McpCaller, era: Era): McpServer {
    const resources = {
      listChanged: false,
      ...(era === 'modern' && mayWatch(caller.instance) && { subscribe: true }),
    };
    const mcp = new McpServer(serverInfo(this.options, caller.instance), {
      instructions: instructionsFor(caller.instance, listedNames(caller.instance)),
      capabilities: { tools: { listChanged: false }, prompts: { listChanged: false }, resources },
      cacheHints: cachedLists,
    });
    // Handlers instead of registerTool, which converts every schema anew for each server, ignores cursors
    // and shows thrown messages to the model.
    mcp.server.setRequestHandler('tools/list', ({ params }) => {
      requireFirstPage(params);
      return { tools: this.listTools(caller) };
    });
    mcp.server.setRequestHandler('tools/call', ({ params }, context) =>
      this.callTool(params, caller, context),
    );
    this.servePrompts(mcp, caller);
    this.serveResources(mcp, caller);
    return mcp;
  }

  protected listTools(caller: McpCaller): Tool[] {
    return listedTools(caller.instance);
  }

  /** @throws ProtocolError when there is no such tool, and for a `requestState` that is not the caller's */
  protected async callTool(
    { name, arguments: input }: CallToolRequest['params'],
    caller: McpCaller,
    { mcpReq }: ServerContext,
  ): Promise<CallToolResult | InputRequiredResult> {
    const tool = toolCalled(caller.instance, name);
    if (tool === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, noSuchTool(caller.instance));
    return this.calls.answer({ tool, input }, caller, mcpReq, callToolResult);
  }

  protected servePrompts(mcp: McpServer, { instance }: McpCaller): void {
    servePrompts(mcp, instance);
  }

  protected serveResources(mcp: McpServer, caller: McpCaller): void {
    serveResources(mcp, caller, this.calls);
  }
}

function listedNames(instance: McpCaller['instance']): ReadonlySet<string> {
  return new Set(usableTools(instance).map(({ name }) => name));
}

function noSuchTool({ toolPrefix }: McpCaller['instance']): string {
  const hint = toolPrefix === null ? '' : `: the names of this mailbox's tools begin with ${toolPrefix}_`;
  return `There is no such tool${hint}`;
}
