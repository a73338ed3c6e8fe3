import type { ErrorCode } from './error-table.js';
import type { EvergrantError } from './evergrant-error.js';

/** What every error carries, whatever layer it comes from: these four fields first, in this order. */
export interface ErrorBody {
  error: string;
  instanceId: string | null;
  errorCode: ErrorCode;
  requiresReauth: boolean;
  field?: string;
  reason?: string;
  retryAfterSeconds?: number;
  connectUrl?: string;
}

/** Renders an error for REST and for MCP tool results. */
export function errorBody(error: EvergrantError): ErrorBody {
  const { field, reason, retryAfterSeconds, connectUrl } = error;
  return {
    error: error.message,
    instanceId: error.instanceId,
    errorCode: error.code,
    requiresReauth: error.requiresReauth,
    ...(field === undefined ? {} : { field }),
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(connectUrl === undefined ? {} : { connectUrl }),
  };
}
