import { Reflector } from '@nestjs/core';
import type { ErrorCode } from '../errors/index.js';

/** Where {@link Fails} keeps its codes. */
export const routeFailures = Reflector.createDecorator<readonly ErrorCode[]>();

/**
 * Tells the OpenAPI document which errors a route answers; statuses, sentences and examples come from the error
 * table. Those that follow from the kind of route (no key, bad input, a body too large, an outage) need no mention.
 */
export function Fails(...codes: ErrorCode[]): MethodDecorator {
  return routeFailures(codes);
}
