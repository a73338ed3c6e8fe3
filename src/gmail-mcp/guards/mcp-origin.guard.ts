import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import { McpOptions } from '../mcp-options.js';
import type { McpRequest } from './mcp-request.js';

/**
 * Refuses pages of other origins (DNS rebinding); programs send no Origin and pass.
 * MCP 2026-07-28, Streamable HTTP, security.
 */
@Injectable()
export class McpOriginGuard {
  private readonly allowedOrigins: ReadonlySet<string>;

  constructor(options: McpOptions) {
    this.allowedOrigins = new Set(options.allowedOrigins);
  }

  /** @throws EvergrantError `FORBIDDEN` */
  check({ headers: { origin } }: McpRequest): void {
    if (origin === undefined || this.allowedOrigins.has(origin)) return;
    throw new EvergrantError('FORBIDDEN', { message: 'Requests from this origin are not allowed' });
  }
}
