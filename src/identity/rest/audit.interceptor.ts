import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { concatMap, type Observable } from 'rxjs';
import { RequestedChanges, sourceOf } from '../../audit/index.js';
import { apiPrincipal } from '../holders/api-principal.js';
import { actorOf } from './actor.js';
import { auditedKey, type AuditedRoute } from './audited-route.js';

/** Does what `@Audited` says. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly changes: RequestedChanges,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { event, subjectOf } = this.reflector.get<AuditedRoute>(auditedKey, context.getHandler());
    const principal = apiPrincipal(request);
    const change = { event, actor: actorOf(principal), source: sourceOf(request) };
    const { result, conclude } = this.changes.during(change, () => next.handle());
    return result.pipe(
      concatMap(async (answer: unknown) => {
        const id = subjectOf(answer, request.params as Record<string, string>, principal) ?? null;
        if (id !== null) await conclude(id);
        return answer;
      }),
    );
  }
}
