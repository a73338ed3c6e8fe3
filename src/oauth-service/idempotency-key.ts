import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { EvergrantError } from '../errors/index.js';

const header = 'Idempotency-Key';

/**
 * The attempt's id. Required: without it a repeated request would present the token a second time.
 * @throws EvergrantError `VALIDATION_FAILED`
 */
export const IdempotencyKey = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const value = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'];
  if (typeof value === 'string' && /^[\w.-]{1,128}$/.test(value)) return value;
  const problem = value === undefined ? 'is required' : 'must be 1 to 128 letters, digits, or any of _ . -';
  throw new EvergrantError('VALIDATION_FAILED', {
    field: header,
    message: `The request is not valid: ${header} ${problem}`,
  });
});
