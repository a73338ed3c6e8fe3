import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { EvergrantError } from '../../errors/index.js';
import { hostName, isAddress } from './host-name.js';
import { McpOptions } from '../mcp-options.js';
import { RefusedHosts } from './refused-hosts.js';

/** Clients know few names, and taking one apart costs more than everything else here. */
const namesRemembered = 100;

/**
 * Refuses requests that were sent to a name which is not ours: a page that has its own name point here (DNS
 * rebinding) is of the same origin to the browser and needs no CORS. An address or `localhost` cannot be made to
 * point elsewhere. Behind a trusted proxy (`TRUST_PROXY`) the name is the one the proxy was asked for.
 * MCP 2026-07-28, Streamable HTTP, security.
 */
@Injectable()
export class McpHostGuard {
  private readonly allowedNames: ReadonlySet<string>;
  private readonly allowed = new LRUCache<string, boolean>({
    max: namesRemembered,
    memoMethod: (host) => this.isAllowed(host),
  });

  private readonly refused = new RefusedHosts();

  constructor({ allowedHosts }: McpOptions) {
    this.allowedNames = new Set(['localhost', ...allowedHosts]);
  }

  /** @throws EvergrantError `FORBIDDEN` */
  check({ host }: Pick<FastifyRequest, 'host'>): void {
    if (this.allowed.memo(host)) return;
    this.refused.log(host);
    throw new EvergrantError('FORBIDDEN', {
      reason: 'host_not_allowed',
      message: 'Requests to this host name are not allowed: PUBLIC_URL or MCP_ALLOWED_HOSTS has to name it',
    });
  }

  private isAllowed(host: string): boolean {
    const name = hostName(host);
    return this.allowedNames.has(name) || isAddress(name);
  }
}
