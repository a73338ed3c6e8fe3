import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import { bearerToken } from '../../identity/index.js';
import { McpOptions } from '../mcp-options.js';
import { hostName, isLocalName } from './host-name.js';
import type { McpRequest } from './mcp-request.js';

type PageRequest = Pick<McpRequest, 'host' | 'headers'>;

/**
 * Refuses pages of other origins (DNS rebinding); programs send no Origin and pass. A request for the public name of
 * `PUBLIC_URL` has reached what that name stands for, so there a page needs the MCP token and no more: agents that live
 * in a browser, or send an Origin from their servers, are many, and a browser adds no token by itself.
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
  check(request: McpRequest): void {
    const { origin, authorization } = request.headers;
    if (origin === undefined || this.allowedOrigins.has(origin)) return;
    if (this.admitsPage(request) && bearerToken(authorization) !== null) return;
    throw new EvergrantError('FORBIDDEN', { message: 'Requests from this origin are not allowed' });
  }

  /** Whether the page that makes the request may do so with a token, wherever it is from: what CORS has to know. */
  admitsPage({ host, headers: { origin } }: PageRequest): boolean {
    return isWebOrigin(origin) && this.publicName !== null && hostName(host) === this.publicName;
  }
}

/** An origin as pages of the web have it (RFC 6454 section 6.1); `null` and those of extensions are others. */
function isWebOrigin(origin: string | undefined): boolean {
  return /^https?:\/\/[^/?#\s]+$/.test(origin ?? '');
}
