/** An error of the Gmail API in the shape of Google's JSON. */
export class GmailError extends Error {
  readonly code: number;
  readonly status: string;
  readonly reason: string;
  readonly details: readonly object[];

  constructor(
    code: number,
    status: string,
    reason: string,
    message: string,
    details: readonly object[] = [],
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.reason = reason;
    this.details = details;
  }

  toBody(): object {
    const { code, message, status, reason, details } = this;
    return {
      error: {
        code,
        message,
        errors: [{ message, domain: 'global', reason }],
        status,
        ...(details.length > 0 && { details }),
      },
    };
  }
}

export function invalidCredentials() {
  return new GmailError(
    401,
    'UNAUTHENTICATED',
    'authError',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
  );
}

export function insufficientScope() {
  return new GmailError(
    403,
    'PERMISSION_DENIED',
    'insufficientPermissions',
    'Request had insufficient authentication scopes.',
    [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
        domain: 'googleapis.com',
        metadata: { service: 'gmail.googleapis.com' },
      },
    ],
  );
}

export function forbidden(message: string) {
  return new GmailError(403, 'PERMISSION_DENIED', 'forbidden', message);
}

export function notFound() {
  return new GmailError(404, 'NOT_FOUND', 'notFound', 'Requested entity was not found.');
}

/** For a name that is taken, in the words of the method. */
export function conflict(message: string, reason: 'aborted' | 'duplicate' = 'aborted') {
  return new GmailError(409, reason === 'aborted' ? 'ABORTED' : 'ALREADY_EXISTS', reason, message);
}

export function failedPrecondition(message: string) {
  return new GmailError(400, 'FAILED_PRECONDITION', 'failedPrecondition', message);
}

export function invalidArgument(message: string) {
  return new GmailError(400, 'INVALID_ARGUMENT', 'invalidArgument', message);
}

/** In the words of Google's for what one person does too often. */
export function rateLimited(until: Date) {
  return new GmailError(
    429,
    'RESOURCE_EXHAUSTED',
    'rateLimitExceeded',
    `User-rate limit exceeded.  Retry after ${until.toISOString()}`,
  );
}
