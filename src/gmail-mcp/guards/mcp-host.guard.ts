import { isIP } from 'node:net';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import { McpOptions } from '../mcp-options.js';
import type { McpRequest } from './mcp-request.js';

/**
 * Refuses requests that were sent to a name which is not ours: a page that has its own name point here (DNS
 * rebinding) is of the same origin to the browser and needs no CORS. Nobody can have an address or `localhost` point
 * elsewhere. Behind a trusted proxy (`TRUST_PROXY`) the name is the one the proxy was asked for.
 * MCP 2026-07-28, Streamable HTTP, security.
 */
@Injectable()
export class McpHostGuard implements CanActivate {
  private readonly allowedHosts: ReadonlySet<string>;

  constructor(options: McpOptions) {
    this.allowedHosts = new Set(['localhost', ...options.allowedHosts]);
  }

  canActivate(context: ExecutionContext): boolean {
    const { host } = context.switchToHttp().getRequest<McpRequest>();
    const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
    if (this.allowedHosts.has(name) || isIP(name.replace(/^\[|\]$/g, '')) > 0) return true;
    throw new EvergrantError('FORBIDDEN', { message: 'Requests to this host name are not allowed' });
  }
}
