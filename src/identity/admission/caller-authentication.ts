import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { chargeTo } from '../../resilience/index.js';
import type { ApiCaller } from '../holders/api-principal.js';
import { ApiCallers } from './api-callers.js';
import { CallerRateLimit } from './caller-rate-limit.js';
import { RefusalPace } from './refusal-pace.js';

/** Callers whom we know may send so much; no input of the REST API is longer. */
const bodyLimitBytes = 64 * 1024;

/** Routes of the REST API that ask for no key. */
const openRoutes = new Set([
  'POST /api/session',
  'DELETE /api/session',
  'GET /api/openapi.json',
  'GET /api/attachments/:link',
  'PUT /api/uploads/:link',
]);

/**
 * Finds out who calls the REST API and counts the call, in a hook of Fastify's: guards run when a body has been read
 * and parsed, which is not done for callers whom we do not know. `ApiKeyGuard` then decides what the caller may do.
 */
@Injectable()
export class CallerAuthentication {
  private readonly callers = new WeakMap<FastifyRequest, ApiCaller>();

  constructor(
    private readonly apiCallers: ApiCallers,
    private readonly rateLimit: CallerRateLimit,
    private readonly pace: RefusalPace,
  ) {}

  /** Before the routes are registered. */
  standBefore(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      if (!route.url.startsWith('/api/') || openRoutes.has(`${String(route.method)} ${route.url}`)) return;
      route.bodyLimit = bodyLimitBytes;
      route.onRequest = async (request) => {
        await this.authenticate(request);
      };
    });
  }

  /**
   * Who made a request, found out already or now.
   * @throws EvergrantError as `ApiCallers.of` does, and `RATE_LIMITED`
   */
  async callerOf(request: FastifyRequest): Promise<ApiCaller> {
    return this.callers.get(request) ?? this.authenticate(request);
  }

  private async authenticate(request: FastifyRequest): Promise<ApiCaller> {
    const caller = await this.pace.slowed(() => this.apiCallers.of(request));
    await this.rateLimit.admitCaller(caller);
    chargeTo(request, caller.tenantId ?? 'operator');
    this.callers.set(request, caller);
    return caller;
  }
}
