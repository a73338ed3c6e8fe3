import { All, Controller, Logger, Req, Res } from '@nestjs/common';
import { toNodeHandler, type NodeIncomingMessageLike } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  isLegacyRequest,
  type McpHandlerRequestOptions,
  type McpHttpHandler,
  type McpServer,
} from '@modelcontextprotocol/server';
import type { FastifyReply } from 'fastify';
import { callerOf, type EndpointCaller, isPersonCaller, type McpRequest } from '../guards/mcp-request.js';
import { acceptedForm } from './accepted-form.js';
import { keepAliveMs } from './answer-forms.js';
import { authInfoOf, callerIn } from './caller-auth-info.js';
import { hijackReply } from './hijack-reply.js';
import { jsonAnswer } from './json-answer.js';
import { keptAlive } from './kept-alive.js';
import { MailboxListening } from '../listening/mailbox-listening.js';
import { McpServers } from './mcp-servers.js';
import type { Era } from '../serving/protocol-era.js';
import { PersonServers } from './person-servers.js';

/** What the SDK asks of clients of the older revisions, whatever they need. */
const acceptsBoth = 'application/json, text/event-stream';

/**
 * Streamable HTTP, stateless: revision 2026-07-28 and, for GET and DELETE with a 405, the older ones. `McpGuards` stand
 * before it.
 */
@Controller('mcp')
export class McpController {
  private readonly logger = new Logger(McpController.name);
  private readonly handler: McpHttpHandler;
  private readonly handle: ReturnType<typeof toNodeHandler>;

  constructor(
    private readonly servers: McpServers,
    private readonly personServers: PersonServers,
    private readonly listening: MailboxListening,
  ) {
    const onerror = ({ message }: Error): void => this.logger.debug(message);
    this.handler = createMcpHandler(({ authInfo, era }) => this.newServer(callerIn(authInfo), era), {
      onerror,
      keepAliveMs,
      // None stays open but those of `listening`: nothing else changes while a process lives, so that each is acknowledged
      // and ends at once.
      maxSubscriptions: 1,
    });
    const fetch: McpHttpHandler['fetch'] = async (...call) => {
      const response = await this.answer(...call);
      // The SDK lets caches keep a stream for later questions, but it holds mail.
      response.headers.set('cache-control', 'no-store, no-transform');
      return response;
    };
    this.handle = toNodeHandler({ fetch }, { onerror });
  }

  @All(['', ':instanceId'])
  async serve(@Req() request: McpRequest, @Res() reply: FastifyReply): Promise<void> {
    const auth = authInfoOf(callerOf(request));
    const message = Object.assign(request.raw as NodeIncomingMessageLike, { auth });
    await this.handle(message, hijackReply(reply), request.body);
  }

  private newServer(caller: EndpointCaller, era: Era): McpServer {
    return isPersonCaller(caller)
      ? this.personServers.newServer(caller, era)
      : this.servers.newServer(caller, era);
  }

  /** The SDK's answer, in the form that the client takes; it refuses itself those that take neither. */
  private async answer(request: Request, options: McpHandlerRequestOptions = {}): Promise<Response> {
    const form = acceptedForm(request.headers.get('accept') ?? undefined);
    if (form === null || request.method !== 'POST') return this.handler.fetch(request, options);
    request.headers.set('accept', acceptsBoth);
    if (form === 'stream') return keptAlive(this.served(request, options), form);
    forgetProgress(options.parsedBody);
    const answer = (await isLegacyRequest(request, options.parsedBody))
      ? jsonAnswer(this.newServer(callerIn(options.authInfo), 'legacy'), request, options)
      : this.served(request, options);
    return keptAlive(answer, form);
  }

  private async served(request: Request, options: McpHandlerRequestOptions): Promise<Response> {
    const caller = callerIn(options.authInfo);
    const newServer = (): McpServer => this.newServer(caller, 'modern');
    const updates = await this.listening.answer({ request, options, caller, newServer, keepAliveMs });
    return updates ?? this.handler.fetch(request, options);
  }
}

/** To a client that takes no stream nothing can be told before the answer; the SDK would begin a stream for it. */
function forgetProgress(body: unknown): void {
  for (const message of Array.isArray(body) ? (body as unknown[]) : [body]) {
    const { params } = (message ?? {}) as { params?: { _meta?: { progressToken?: unknown } } | null };
    delete params?._meta?.progressToken;
  }
}
