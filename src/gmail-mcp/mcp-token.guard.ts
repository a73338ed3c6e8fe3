import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { EvergrantError } from '../errors/index.js';
import { bearerToken, McpTokens } from '../identity/index.js';
import { Instances, type Instance } from '../instances/index.js';
import type { McpRequest } from './mcp-request.js';

/**
 * Lets in who holds an MCP token of the instance in the path. HTTP 401 means that token and nothing else,
 * and a foreign instance is answered like an unknown one.
 */
@Injectable()
export class McpTokenGuard implements CanActivate {
  constructor(
    private readonly tokens: McpTokens,
    private readonly instances: Instances,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<McpRequest>();
    const instance = await this.instanceOpenedBy(request);
    if (instance === null) throw new EvergrantError('UNAUTHENTICATED');
    request.instance = instance;
    return true;
  }

  private async instanceOpenedBy({ headers, params }: McpRequest): Promise<Instance | null> {
    const token = bearerToken(headers.authorization);
    const principal = token === null ? null : await this.tokens.verify(token);
    if (principal?.instanceId !== params.instanceId) return null;
    return this.instances.findById(principal.tenantId, principal.instanceId);
  }
}
