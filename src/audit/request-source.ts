import type { FastifyRequest } from 'fastify';
import type { RequestSource } from './audit-event.js';

/** Where a request comes from, and what it asks for. */
export function sourceOf({ id, ip, method, routeOptions }: FastifyRequest): RequestSource {
  return { requestId: id, address: ip, route: `${method} ${routeOptions.url ?? ''}` };
}
