import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { tap, type Observable } from 'rxjs';
import { AuditTrail, changeEvent, sourceOf } from '../../audit/index.js';
import { apiPrincipal } from '../holders/api-principal.js';
import { actorOf } from './actor.js';
import { auditedKey, type AuditedRoute } from './audited-route.js';

/** Does what `@Audited` says. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly trail: AuditTrail,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { event, subjectOf } = this.reflector.get<AuditedRoute>(auditedKey, context.getHandler());
    return next.handle().pipe(
      tap((answer: unknown) => {
        const id = subjectOf(answer, request.params as Record<string, string>) ?? null;
        if (id === null) return;
        this.trail.record(changeEvent(event, actorOf(apiPrincipal(request)), id, sourceOf(request)));
      }),
    );
  }
}
