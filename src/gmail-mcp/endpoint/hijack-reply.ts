import type { ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** The raw response, for a writer other than Fastify, with what hooks have set, CORS for one: hijacking forgets it. */
export function hijackReply(reply: FastifyReply): ServerResponse {
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  return reply.raw;
}
