import type { ErrorBody } from '../error-schema.js';
import type { EvergrantError } from '../evergrant-error.js';
import type { ErrorRendering } from './error-rendering.js';

/** An error in the contract's fields, then those that it brings of its own. */
export function errorBody(error: EvergrantError): ErrorBody {
  const { field, reason, retryAfterSeconds, connectUrl, report } = error;
  return {
    error: error.message,
    instanceId: error.instanceId,
    errorCode: error.code,
    requiresReauth: error.requiresReauth,
    ...(field === undefined ? {} : { field }),
    ...(reason === undefined ? {} : { reason }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(connectUrl === undefined ? {} : { connectUrl }),
    ...report,
  };
}

/** For the REST API, and for whatever no other rendering speaks for. */
export const restRendering: ErrorRendering = {
  logContext: 'ErrorFilter',
  logMessage: 'Request failed',
  body: errorBody,
};
