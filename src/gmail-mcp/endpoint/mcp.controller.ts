import { AsyncLocalStorage } from 'node:async_hooks';
import { All, Controller, Logger, Req, Res, UseGuards } from '@nestjs/common';
import { toNodeHandler, type NodeIncomingMessageLike } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { FastifyReply } from 'fastify';
import { CredentialAuthGuard } from '../guards/credential-auth.guard.js';
import { McpHostGuard } from '../guards/mcp-host.guard.js';
import { McpOriginGuard } from '../guards/mcp-origin.guard.js';
import { authenticatedInstance, type McpRequest } from '../guards/mcp-request.js';
import { McpServers } from './mcp-servers.js';
import { McpTokenGuard } from '../guards/mcp-token.guard.js';
import type { McpCaller } from './tool-runner.js';

/** Streamable HTTP, stateless: revision 2026-07-28 and, for GET and DELETE with a 405, the older ones. */
@Controller('mcp/:instanceId')
@UseGuards(McpHostGuard, McpOriginGuard, McpTokenGuard, CredentialAuthGuard)
export class McpController {
  private readonly logger = new Logger(McpController.name);
  /** The SDK builds a server from the bare web request; who calls reaches it this way. */
  private readonly caller = new AsyncLocalStorage<McpCaller>();
  private readonly handle: ReturnType<typeof toNodeHandler>;

  constructor(servers: McpServers) {
    const onerror = ({ message }: Error): void => this.logger.debug(message);
    const handler = createMcpHandler(() => servers.newServer(this.currentCaller()), {
      onerror,
      // The tools never change while a process lives: there is nothing to subscribe to.
      maxSubscriptions: 0,
    });
    const fetch: typeof handler.fetch = async (...call) => {
      const response = await handler.fetch(...call);
      // The SDK lets caches keep a stream for later questions, but it holds mail.
      response.headers.set('cache-control', 'no-store, no-transform');
      return response;
    };
    this.handle = toNodeHandler({ fetch }, { onerror });
  }

  @All()
  async serve(@Req() request: McpRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = { instance: authenticatedInstance(request), credential: request.credential };
    reply.hijack();
    // A hijacked reply forgets what hooks have set, CORS for one.
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    await this.caller.run(caller, () =>
      this.handle(request.raw as NodeIncomingMessageLike, reply.raw, request.body),
    );
  }

  private currentCaller(): McpCaller {
    const caller = this.caller.getStore();
    if (caller === undefined) throw new Error('An MCP server was asked for outside of a request');
    return caller;
  }
}
