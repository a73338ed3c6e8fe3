import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { EvergrantError, restRendering } from '../errors/index.js';

/** What Node's HTTP parser says of a request that never becomes one, by its error code. */
const problems = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, message: 'The request did not arrive in time' }],
  ['HPE_HEADER_OVERFLOW', { status: 431, message: 'The request headers are too large' }],
]);
const malformed = { status: 400, message: 'The request is not valid HTTP' };

/**
 * Answers, as far as the socket still takes it, what is too slow, too large or no HTTP at all: in the contract's
 * fields, though no filter and no route ever sees it. Then the connection is closed.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const { status, message } = problems.get(error.code ?? '') ?? malformed;
  if (socket.writable) {
    const body = JSON.stringify(restRendering.body(new EvergrantError('VALIDATION_FAILED', { message })));
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Cache-Control: no-store',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${randomUUID()}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
}

/** Answers what the router refuses before any hook has run: a malformed path. */
export function answerUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const body = restRendering.body(
    new EvergrantError('VALIDATION_FAILED', { field: 'path', message: 'The path is not valid' }),
  );
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'x-request-id': request.id,
  };
  void reply
    .headers(headers)
    .status(error.statusCode ?? 400)
    .send(body);
}
