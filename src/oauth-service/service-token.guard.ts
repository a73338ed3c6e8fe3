import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AuditTrail, sourceOf } from '../audit/index.js';
import { ErrorFilter, EvergrantError, oauthRendering } from '../errors/index.js';
import { chargeTo } from '../resilience/index.js';
import { OAuthServiceOptions } from './oauth-service-options.js';

/** Forms of RFC 6749 are short, and a hundred scopes still fit. */
const bodyLimitBytes = 256 * 1024;

/** Admits callers that hold the shared secret, compared in constant time. */
@Injectable()
export class ServiceTokenGuard implements CanActivate {
  private readonly errors = new ErrorFilter(oauthRendering);

  constructor(
    @Inject(OAuthServiceOptions) private readonly options: OAuthServiceOptions,
    private readonly trail: AuditTrail,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    this.check(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }

  /** Before the routes are registered: guards run when a body has been read, this before it is. */
  standBefore(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      if (!/^\/(token|providers|credentials)(\/|$)/.test(route.url)) return;
      route.bodyLimit = bodyLimitBytes;
      route.onRequest = (request, _reply, done) => {
        this.check(request);
        chargeTo(request, 'caller-of-the-service');
        done();
      };
      route.errorHandler = (error, _request, reply) => this.errors.answer(error, reply);
    });
  }

  private check(request: FastifyRequest): void {
    const { authorization } = request.headers;
    if (timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${this.options.token}`))) return;
    if (authorization !== undefined) {
      const [presented, reason] = ['oauth-service-token', 'unknown'] as const;
      this.trail.record({ event: 'caller.refused', presented, reason, source: sourceOf(request) });
    }
    throw new EvergrantError('UNAUTHENTICATED');
  }
}

/** Digests are of one length, which a constant-time comparison needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
