import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { apiPrincipal } from '../holders/api-principal.js';

/** Injects the caller of a REST route. */
export const Principal = createParamDecorator((_data: unknown, context: ExecutionContext) =>
  apiPrincipal(context.switchToHttp().getRequest<FastifyRequest>()),
);
