import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { z } from 'zod';
import { apiPrincipal } from '../../identity/index.js';
import { instanceView, type InstanceView } from './instance-view.js';

/** An instance as the page of its end user may see it: whether it is connected, and what to do if it is not. */
export const connectInstanceView = instanceView
  .pick({
    ...{ id: true, name: true, email: true, oauthStatus: true },
    ...{
      requiresReauth: true,
      reauthReason: true,
      stateReason: true,
      errorCode: true,
      errorMessage: true,
    },
  })
  .meta({ id: 'ConnectInstance', description: 'What a connect session sees of an instance' });

export const connectSessionView = z
  .object({
    id: z.guid().describe('Names it in the audit log'),
    token: z.string().describe('The bearer token of the page, shown this once'),
    expiresAt: z.date(),
  })
  .meta({ id: 'ConnectSession', description: 'A credential of minutes for a page of another origin' });
export type ConnectSessionView = z.output<typeof connectSessionView>;

/** Answers a connect session with {@link connectInstanceView}, and every other caller with the whole instance. */
@Injectable()
export class ConnectSessionViews implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<InstanceView>): Observable<unknown> {
    const { connectSession } = apiPrincipal(context.switchToHttp().getRequest<FastifyRequest>());
    const answer = next.handle();
    return connectSession === undefined
      ? answer
      : answer.pipe(map((instance) => connectInstanceView.parse(instance)));
  }
}
