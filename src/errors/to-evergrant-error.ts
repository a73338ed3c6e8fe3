import { HttpException } from '@nestjs/common';
import { isDatabaseUnavailable } from './database-unavailable.js';
import type { ErrorCode } from './error-table.js';
import { EvergrantError } from './evergrant-error.js';

const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'VALIDATION_FAILED',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'VALIDATION_FAILED',
  429: 'RATE_LIMITED',
  503: 'SERVICE_UNAVAILABLE',
};

/** Says anything that was thrown in the taxonomy's words; the original is kept as the cause, for the log. */
export function toEvergrantError(thrown: unknown): EvergrantError {
  if (thrown instanceof EvergrantError) return thrown;
  if (isInterruptedBody(thrown))
    return new EvergrantError('VALIDATION_FAILED', { field: 'body', cause: thrown });
  if (isDatabaseUnavailable(thrown)) {
    return new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'database_unavailable', cause: thrown });
  }
  const status = thrown instanceof HttpException ? thrown.getStatus() : fastifyStatus(thrown);
  const code = codesByStatus[status ?? 500] ?? 'UNKNOWN_ERROR';
  // What reaches no schema is refused for its body as a whole, or for what it is called.
  const field = status === 415 ? 'Content-Type' : 'body';
  return new EvergrantError(code, { cause: thrown, ...(code === 'VALIDATION_FAILED' ? { field } : {}) });
}

/** The client hung up, or was cut, while it sent the body: Fastify marks the connection's error with 400. */
function isInterruptedBody(thrown: unknown): boolean {
  const { code, statusCode } = Object(thrown) as { code?: unknown; statusCode?: unknown };
  return statusCode === 400 && (code === 'ECONNRESET' || code === 'ERR_HTTP_REQUEST_TIMEOUT');
}

/** Fastify's own errors (a body that is no JSON, or too large) carry a status and a code of theirs. */
function fastifyStatus(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('statusCode' in thrown) || !('code' in thrown)) return undefined;
  return String(thrown.code).startsWith('FST_') ? Number(thrown.statusCode) : undefined;
}
