import type { ErrorBody } from './error-schema.js';
import type { EvergrantError } from './evergrant-error.js';

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
