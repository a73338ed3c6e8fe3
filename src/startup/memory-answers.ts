import type { FastifyReply, FastifyRequest } from 'fastify';
import { securityHeaders } from './security-headers.js';

/**
 * Lets routes answer from memory ahead of everything else that is done for a request: each names what it has in
 * `config.answerFromMemory` (see `AccessTokenFastPath`). Such an answer is a 200 of JSON, with the headers that the
 * hooks would have given it, made once; those of CORS are left out, since a request of another origin (`Origin`) goes
 * the ordinary way.
 */
export class MemoryAnswers {
  private readonly headers: readonly string[];

  constructor(publicUrl: string) {
    this.headers = Object.entries({
      ...securityHeaders(publicUrl),
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
    }).flat();
  }

  /** @returns whether the request has been answered; if not, nothing has been done */
  answer(request: FastifyRequest, reply: FastifyReply): boolean {
    const { answerFromMemory } = request.routeOptions.config;
    if (answerFromMemory === undefined || request.headers.origin !== undefined) return false;
    const body = answerFromMemory(request);
    if (body === null) return false;
    reply.hijack();
    const length = String(Buffer.byteLength(body));
    reply.raw.writeHead(200, [...this.headers, 'x-request-id', request.id, 'content-length', length]);
    reply.raw.end(body);
    return true;
  }
}
