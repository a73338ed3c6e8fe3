import { HttpException } from '@nestjs/common';
import { isDatabaseUnavailable } from './database-unavailable.js';
import type { ErrorCode } from './error-table.js';
import { EvergrantError } from './evergrant-error.js';

const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  400: 'VALIDATION_FAILED',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
  503: 'SERVICE_UNAVAILABLE',
};

/** What reaches no schema is refused for its body as a whole, or for what it is called. */
const fields: Partial<Record<ErrorCode, string>> = {
  VALIDATION_FAILED: 'body',
  UNSUPPORTED_MEDIA_TYPE: 'Content-Type',
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
  return new EvergrantError(code, { cause: thrown, field: fields[code] });
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
