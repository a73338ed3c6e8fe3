import { errorTable, type ErrorCode } from '../error-table.js';
import type { EvergrantError } from '../evergrant-error.js';
import type { ErrorRendering } from './error-rendering.js';

/** An error code of RFC 6749: sections 5.2 and 4.1.2.1, and RFC 6750 section 3.1 for our own secret. */
type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_token'
  | 'access_denied'
  | 'server_error'
  | 'temporarily_unavailable';

const oauthErrorCodes = {
  INVALID_REFRESH_TOKEN: 'invalid_grant',
  INVALID_CLIENT: 'invalid_client',
  DEPLOYMENT_CLIENT_REJECTED: 'invalid_client',
  INVALID_REQUEST: 'invalid_request',
  INSUFFICIENT_SCOPE: 'invalid_scope',
  ADMIN_BLOCKED: 'access_denied',
  NETWORK_ERROR: 'temporarily_unavailable',
  SERVICE_UNAVAILABLE: 'temporarily_unavailable',
  OAUTH_FLOW_REQUIRED: 'unsupported_grant_type',
  UNKNOWN_ERROR: 'server_error',
  UNAUTHENTICATED: 'invalid_token',
  FORBIDDEN: 'access_denied',
  NOT_FOUND: 'invalid_request',
  METHOD_NOT_ALLOWED: 'invalid_request',
  VALIDATION_FAILED: 'invalid_request',
  CONFLICT: 'invalid_request',
  ACCOUNT_MISMATCH: 'invalid_grant',
  PAYLOAD_TOO_LARGE: 'invalid_request',
  UNSUPPORTED_MEDIA_TYPE: 'invalid_request',
  RATE_LIMITED: 'temporarily_unavailable',
} as const satisfies Record<ErrorCode, OAuthErrorCode>;

/**
 * The four fields of every error, in the words of RFC 6749 section 5.2: there `error` is a code, so our sentence is
 * its `error_description`.
 */
export interface OAuthErrorBody {
  error: OAuthErrorCode;
  instanceId: null;
  errorCode: ErrorCode;
  requiresReauth: boolean;
  error_description: string;
  /** The provider said or did this; false when the service itself did. */
  upstream: boolean;
  reason?: string;
  field?: string;
  retryAfterSeconds?: number | null;
  /** The provider has not seen the request; absent from a verdict, which proves that it has. */
  provablyNotSent?: boolean;
}

/** An error by its code alone: the provider's (`upstream`), or our own. */
export function oauthErrorBody(
  errorCode: ErrorCode,
  details: Pick<OAuthErrorBody, 'upstream'> & Partial<OAuthErrorBody>,
): OAuthErrorBody {
  const { message, requiresReauth } = errorTable[errorCode];
  return {
    error: oauthErrorCodes[errorCode],
    instanceId: null,
    errorCode,
    requiresReauth,
    error_description: message,
    ...details,
  };
}

/** For the OAuth service, which says its own errors as RFC 6749 section 5.2 wants them. */
export const oauthRendering: ErrorRendering = {
  logContext: 'OAuthErrorFilter',
  logMessage: 'Request failed',
  body: ownErrorBody,
};

function ownErrorBody({ code, field, reason, message }: EvergrantError): OAuthErrorBody {
  return oauthErrorBody(code, {
    upstream: false,
    error_description: message,
    ...(reason === undefined ? {} : { reason }),
    ...(field === undefined ? {} : { field }),
    // What is refused on purpose is refused before anything is sent; a slip may happen at any time.
    provablyNotSent: code !== 'UNKNOWN_ERROR',
  });
}
