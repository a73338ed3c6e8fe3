import { All, Controller, Logger, Req, Res } from '@nestjs/common';
import { toNodeHandler, type NodeIncomingMessageLike } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { FastifyReply } from 'fastify';
import { callerOf, type McpRequest } from '../guards/mcp-request.js';
import { authInfoOf, callerIn } from './caller-auth-info.js';
import { hijackReply } from './hijack-reply.js';
import { McpServers } from './mcp-servers.js';

/**
 * Streamable HTTP, stateless: revision 2026-07-28 and, for GET and DELETE with a 405, the older ones. `McpGuards` stand
 * before it.
 */
@Controller('mcp/:instanceId')
export class McpController {
  private readonly logger = new Logger(McpController.name);
  private readonly handle: ReturnType<typeof toNodeHandler>;

  constructor(servers: McpServers) {
    const onerror = ({ message }: Error): void => this.logger.debug(message);
    const handler = createMcpHandler(({ authInfo }) => servers.newServer(callerIn(authInfo)), {
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
    const auth = authInfoOf(callerOf(request));
    const message = Object.assign(request.raw as NodeIncomingMessageLike, { auth });
    await this.handle(message, hijackReply(reply), request.body);
  }
}
