import { Injectable } from '@nestjs/common';
import { AuditTrail, sourceOf } from '../../audit/index.js';
import { EvergrantError } from '../../errors/index.js';
import {
  bearerToken,
  CallerRateLimit,
  McpTokens,
  RefusalPace,
  type McpPrincipal,
} from '../../identity/index.js';
import { KnownInstances, narrowedScopes } from '../../instances/index.js';
import { chargeTo } from '../../resilience/index.js';
import { mayCallTool, reachedLimit } from './reached-limit.js';
import type { McpRequest } from './mcp-request.js';
import { askedForm, formForClient } from './result-form.js';

/**
 * Lets in who holds an MCP token of the instance in the path. HTTP 401 means that token and nothing else,
 * and a foreign instance is answered like an unknown one. HTTP 429 is about how often that token calls; where the body
 * may be a tool call, it is read first, since agents read results and not the failures of their transport.
 */
@Injectable()
export class McpTokenGuard {
  constructor(
    private readonly tokens: McpTokens,
    private readonly instances: KnownInstances,
    private readonly rateLimit: CallerRateLimit,
    private readonly pace: RefusalPace,
    private readonly trail: AuditTrail,
  ) {}

  /** @throws EvergrantError `UNAUTHENTICATED`, `RATE_LIMITED`, or `VALIDATION_FAILED` for a parameter of the URL */
  async check(request: McpRequest): Promise<void> {
    const principal = await this.pace.slowed(() => this.principalOf(request));
    const overLimit = await reachedLimit(this.rateLimit, principal.tokenId);
    if (overLimit !== null && !mayCallTool(request)) throw overLimit;
    const instance = await this.instances.findById(principal.tenantId, principal.instanceId);
    if (instance === null) throw wrongToken();
    const { tenantId, tokenId, scopes, expiresAt } = principal;
    chargeTo(request, tenantId);
    const asked = askedForm(request.query);
    request.caller = {
      // Whatever the instance asks for, its token opens no more than it was made for.
      instance: { ...instance, scopes: narrowedScopes(instance.scopes, scopes) },
      tokenId,
      overLimit,
      tokenExpiresAt: expiresAt,
      source: () => sourceOf(request),
      resultForm: () => asked ?? formForClient(request.headers['user-agent'], request.body),
    };
  }

  private async principalOf(request: McpRequest): Promise<McpPrincipal> {
    const { headers, params } = request;
    const token = bearerToken(headers.authorization);
    const principal = token === null ? null : await this.tokens.verify(token);
    if (principal?.instanceId === params.instanceId) return principal;
    if (headers.authorization !== undefined) {
      const [presented, reason] = ['mcp-token', 'unknown'] as const;
      this.trail.record({ event: 'caller.refused', presented, reason, source: sourceOf(request) });
    }
    throw wrongToken();
  }
}

/** Says the same of every token that is not one of the instance's. */
function wrongToken(): EvergrantError {
  return new EvergrantError('UNAUTHENTICATED', { message: 'The MCP token is missing or wrong' });
}
