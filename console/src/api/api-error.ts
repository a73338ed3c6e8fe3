import type { components } from '../../../test/client/evergrant-api.js';

/** Any answer of the REST API that is an error has this shape. */
export type ErrorBody = components['schemas']['Error'];

/** `UNREACHABLE` is ours: the request got no answer. */
export type ErrorCode = ErrorBody['errorCode'] | 'UNREACHABLE';

const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'UNREACHABLE',
  'NETWORK_ERROR',
  'SERVICE_UNAVAILABLE',
  'DEPLOYMENT_CLIENT_REJECTED',
  'RATE_LIMITED',
]);

/** Why a request failed, in the terms of the error contract. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly facts: {
      requiresReauth: boolean;
      /** The input that is wrong. */
      field: string | null;
      reason: string | null;
      retryAfterSeconds: number | null;
    } = { requiresReauth: false, field: null, reason: null, retryAfterSeconds: null },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ApiError';
  }

  /** Whether the same request may work later. */
  get isPassing(): boolean {
    return passing.has(this.code);
  }
}

/** What an answer that is no success says; proxies in front of us may answer in other words. */
export function apiErrorOf(body: unknown, response: Response): ApiError {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfterSeconds = Number.isFinite(retryAfter) ? retryAfter : null;
  if (!isErrorBody(body)) {
    const code = response.status >= 500 ? 'SERVICE_UNAVAILABLE' : 'UNKNOWN_ERROR';
    const message = `HTTP ${response.status}`;
    return new ApiError(code, message, {
      requiresReauth: false,
      field: null,
      reason: null,
      retryAfterSeconds,
    });
  }
  const { errorCode, error, requiresReauth, ...more } = body as ErrorBody & {
    field?: string;
    reason?: string;
  };
  const { field = null, reason = null } = more;
  return new ApiError(errorCode, error, { requiresReauth, field, reason, retryAfterSeconds });
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && 'errorCode' in body && 'error' in body;
}
