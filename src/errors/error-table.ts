/** How loudly an outcome is logged. */
export type LogLevel = 'info' | 'warn' | 'error';

/** Whether the same request may succeed when it is made again, unchanged. */
export type RetryAdvice = 'never' | 'once' | 'backoff';

interface ErrorRow {
  httpStatus: number;
  requiresReauth: boolean;
  retry: RetryAdvice;
  logLevel: LogLevel;
  /** What callers read; holds no token, no secret and nothing of the provider's raw text. */
  message: string;
}

/** The one taxonomy of errors: `errorCode`, HTTP status, whether a person must sign in again, and log level. */
export const errorTable = {
  INVALID_REFRESH_TOKEN: {
    httpStatus: 401,
    requiresReauth: true,
    retry: 'never',
    logLevel: 'warn',
    message: 'Token refresh failed - please re-authenticate',
  },
  INVALID_CLIENT: {
    httpStatus: 401,
    requiresReauth: true,
    retry: 'never',
    logLevel: 'error',
    message: "Google rejected this instance's OAuth client - correct its client id and secret",
  },
  DEPLOYMENT_CLIENT_REJECTED: {
    httpStatus: 503,
    requiresReauth: false,
    retry: 'backoff',
    logLevel: 'error',
    message: "Google rejected this deployment's OAuth client - the operator has to correct it",
  },
  INVALID_REQUEST: {
    httpStatus: 400,
    requiresReauth: false,
    retry: 'once',
    logLevel: 'warn',
    message: 'Google could not understand the token request',
  },
  INSUFFICIENT_SCOPE: {
    httpStatus: 403,
    requiresReauth: true,
    retry: 'never',
    logLevel: 'warn',
    message: 'The granted permissions do not cover this request - please re-authenticate and grant them',
  },
  ADMIN_BLOCKED: {
    httpStatus: 403,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'warn',
    message: "The Google Workspace administrator's policy blocks this access",
  },
  NETWORK_ERROR: {
    httpStatus: 503,
    requiresReauth: false,
    retry: 'backoff',
    logLevel: 'warn',
    message: 'Google could not be reached - try again shortly',
  },
  SERVICE_UNAVAILABLE: {
    httpStatus: 503,
    requiresReauth: false,
    retry: 'backoff',
    logLevel: 'error',
    message: 'The service is temporarily unavailable - try again shortly',
  },
  OAUTH_FLOW_REQUIRED: {
    httpStatus: 400,
    requiresReauth: true,
    retry: 'never',
    logLevel: 'info',
    message: 'This mailbox is not connected yet - a person has to complete the consent flow',
  },
  UNKNOWN_ERROR: {
    httpStatus: 500,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'error',
    message: 'Something unexpected went wrong',
  },
  UNAUTHENTICATED: {
    httpStatus: 401,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'info',
    message: 'Authentication is missing or wrong',
  },
  FORBIDDEN: {
    httpStatus: 403,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'info',
    message: 'This is not allowed',
  },
  NOT_FOUND: {
    httpStatus: 404,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'info',
    message: 'Not found',
  },
  METHOD_NOT_ALLOWED: {
    httpStatus: 405,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'info',
    message: 'The path does not have this method',
  },
  VALIDATION_FAILED: {
    httpStatus: 400,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'info',
    message: 'The request is not valid',
  },
  CONFLICT: {
    httpStatus: 409,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'info',
    message: 'The request conflicts with the current state',
  },
  ACCOUNT_MISMATCH: {
    httpStatus: 409,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'info',
    message: 'Another Google account is already connected here',
  },
  PAYLOAD_TOO_LARGE: {
    httpStatus: 413,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'info',
    message: 'The request body is too large',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    httpStatus: 415,
    requiresReauth: false,
    retry: 'never',
    logLevel: 'info',
    message: 'The request body must be application/json',
  },
  RATE_LIMITED: {
    httpStatus: 429,
    requiresReauth: false,
    retry: 'backoff',
    logLevel: 'info',
    message: 'Too many requests - try again later',
  },
} as const satisfies Record<string, ErrorRow>;

/** A code of the fixed error contract. */
export type ErrorCode = keyof typeof errorTable;
