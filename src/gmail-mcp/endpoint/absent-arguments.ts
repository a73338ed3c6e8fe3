import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Leaves out `arguments: null`, which some clients send for a call without arguments and the protocol's schema refuses.
 * A hook of Fastify's, before anything reads the body.
 */
export function withoutNullArguments(
  { body }: FastifyRequest,
  _reply: FastifyReply,
  done: (error?: Error) => void,
): void {
  for (const message of Array.isArray(body) ? body : [body]) {
    const params = fieldOf(message, 'params');
    if (fieldOf(params, 'arguments') === null) delete (params as Record<string, unknown>).arguments;
  }
  done();
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
