import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CredentialAuthGuard } from './credential-auth.guard.js';
import { McpHostGuard } from '../origins/mcp-host.guard.js';
import { McpOriginGuard } from '../origins/mcp-origin.guard.js';
import { callerOf, type McpRequest } from './mcp-request.js';
import { McpTokenGuard } from './mcp-token.guard.js';
import { McpOptions } from '../mcp-options.js';
import { challengeOf, stepUpOf } from './challenge.js';

/**
 * The guards of the endpoint. They are hooks of Fastify's, not of Nest's, since those run when the body has been read:
 * host, origin and token need headers only, and a request that they refuse has its body neither read nor parsed. The
 * credential is asked for once the body says which tools are called. What a guard throws, the error filter answers.
 */
@Injectable()
export class McpGuards {
  constructor(
    private readonly host: McpHostGuard,
    private readonly origin: McpOriginGuard,
    private readonly token: McpTokenGuard,
    private readonly credential: CredentialAuthGuard,
    private readonly options: McpOptions,
  ) {}

  /** Whether a page of another origin may read the answer; see {@link McpOriginGuard}. */
  readonly admitsPage = (request: FastifyRequest): boolean => this.origin.admitsPage(request);

  /** What a 401 asks for; see {@link challengeOf}. */
  readonly challenge = (request: FastifyRequest): ReturnType<typeof challengeOf> =>
    challengeOf(request as McpRequest, this.options);

  readonly onRequest = async (request: FastifyRequest): Promise<void> => {
    this.host.check(request);
    this.origin.check(request);
    await this.token.check(request as McpRequest);
  };

  readonly preHandler = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const asked = request as McpRequest;
    await this.credential.ask(asked);
    const stepUp = stepUpOf(callerOf(asked), asked, this.options);
    if (stepUp !== null) void reply.header('www-authenticate', stepUp);
  };
}
