import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { EvergrantError } from '../../errors/index.js';
import { McpOptions } from '../mcp-options.js';
import { hostName, isLocalName } from './host-name.js';

type PageRequest = Pick<FastifyRequest, 'host' | 'headers'>;

/**
 * Refuses pages of other origins (DNS rebinding); programs send no Origin and pass. A request for the public name of
 * `PUBLIC_URL` has reached what that name stands for, so there a page needs a token and no more: agents that live
 * in a browser, or send an Origin from their servers, are many, and a browser adds no token by itself. A page without one
 * is told so, and where to get it (RFC 9728).
 * MCP 2026-07-28, Streamable HTTP, security.
 */
@Injectable()
export class McpOriginGuard {
  private readonly allowedOrigins: ReadonlySet<string>;
  private readonly publicName: string | null;

  constructor(options: McpOptions) {
    this.allowedOrigins = new Set(options.allowedOrigins);
    const { hostname } = new URL(options.publicUrl);
    this.publicName = isLocalName(hostname) ? null : hostname;
  }

  /** @throws EvergrantError `FORBIDDEN` */
  check(request: PageRequest): void {
    const { origin } = request.headers;
    if (origin === undefined || this.allowedOrigins.has(origin) || this.admitsPage(request)) return;
    throw new EvergrantError('FORBIDDEN', { message: 'Requests from this origin are not allowed' });
  }

  /** Whether the page that makes the request may do so, wherever it is from: what CORS has to know. */
  admitsPage({ host, headers: { origin } }: PageRequest): boolean {
    return isWebOrigin(origin) && this.publicName !== null && hostName(host) === this.publicName;
  }
}

/** An origin as pages of the web have it (RFC 6454 section 6.1); `null` and those of extensions are others. */
function isWebOrigin(origin: string | undefined): boolean {
  return /^https?:\/\/[^/?#\s]+$/.test(origin ?? '');
}
