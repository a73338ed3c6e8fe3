import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuditTrail, sourceOf } from '../audit/index.js';
import { EvergrantError } from '../errors/index.js';
import { OAuthServiceOptions } from './oauth-service-options.js';

/** Admits callers that hold the shared secret, compared in constant time. */
@Injectable()
export class ServiceTokenGuard implements CanActivate {
  constructor(
    @Inject(OAuthServiceOptions) private readonly options: OAuthServiceOptions,
    private readonly trail: AuditTrail,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { authorization } = request.headers;
    if (timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${this.options.token}`))) return true;
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
