import { Injectable } from '@nestjs/common';
import { AuditTrail, sourceOf } from '../../audit/index.js';
import { RefusalPace } from '../../identity/index.js';
import { chargeTo } from '../../resilience/index.js';
import { McpOptions } from '../mcp-options.js';
import { type AdmittedCaller, admittedCaller } from './admitted-caller.js';
import { CallersOfTokens, wrongToken } from './callers-of-tokens.js';
import { PresentedTokens } from './presented-tokens.js';
import type { McpRequest } from './mcp-request.js';

type Admitted = NonNullable<AdmittedCaller>;

/**
 * Lets in who holds a token of the endpoint that it calls. HTTP 401 means that token and nothing else,
 * and a foreign instance is answered like an unknown one. HTTP 429 is about how often that token calls; where the body
 * may be a tool call, it is read first, since agents read results and not the failures of their transport.
 */
@Injectable()
export class McpTokenGuard {
  private readonly endpoint: string;

  constructor(
    private readonly tokens: PresentedTokens,
    private readonly callers: CallersOfTokens,
    private readonly pace: RefusalPace,
    private readonly trail: AuditTrail,
    { publicUrl }: McpOptions,
  ) {
    this.endpoint = `${publicUrl}/mcp`;
  }

  /** @throws EvergrantError `UNAUTHENTICATED`, `RATE_LIMITED`, or `VALIDATION_FAILED` for a parameter of the URL */
  async check(request: McpRequest): Promise<void> {
    const admitted = await this.pace.slowed(() => this.admit(request));
    request.caller = await this.callers.callerOf(admitted, request);
    chargeTo(request, admitted.principal.tenantId);
  }

  private async admit(request: McpRequest): Promise<Admitted> {
    const { headers, params } = request;
    const { instanceId = null } = params;
    const resource = instanceId === null ? this.endpoint : `${this.endpoint}/${instanceId}`;
    const admitted = admittedCaller(await this.tokens.find(headers.authorization), { resource, instanceId });
    if (admitted !== null) return admitted;
    if (headers.authorization !== undefined) {
      const [presented, reason] = ['mcp-token', 'unknown'] as const;
      this.trail.record({ event: 'caller.refused', presented, reason, source: sourceOf(request) });
    }
    throw wrongToken();
  }
}
