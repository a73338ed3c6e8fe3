import { type ErrorCode, EvergrantError } from '../../errors/index.js';

interface FaultRow {
  code: ErrorCode;
  /** Whether the client itself makes a read again. */
  retry: boolean;
  /** Whether a write that failed so may have been carried out nevertheless. */
  mayHaveWorked?: boolean;
  reason?: string;
  message?: string;
  retryAfterSeconds?: number;
}

/** Every way in which a call to Gmail fails, and what our callers are told. */
const faultTable = {
  rateLimited: {
    code: 'SERVICE_UNAVAILABLE',
    retry: true,
    reason: 'rateLimitExceeded',
    retryAfterSeconds: 30,
  },
  dailyLimit: {
    code: 'SERVICE_UNAVAILABLE',
    retry: false,
    reason: 'dailyLimitExceeded',
    retryAfterSeconds: 3600,
  },
  domainPolicy: { code: 'ADMIN_BLOCKED', retry: false, reason: 'domainPolicy' },
  insufficientScope: { code: 'INSUFFICIENT_SCOPE', retry: false, reason: 'insufficientPermissions' },
  accessNotConfigured: {
    code: 'SERVICE_UNAVAILABLE',
    retry: false,
    reason: 'accessNotConfigured',
    message:
      'The Gmail API is not enabled - the operator has to enable it in the Google Cloud project of the OAuth client',
    retryAfterSeconds: 300,
  },
  forbidden: { code: 'SERVICE_UNAVAILABLE', retry: false, reason: 'forbidden', retryAfterSeconds: 60 },
  notFound: { code: 'NOT_FOUND', retry: false },
  mailServiceNotEnabled: {
    code: 'ADMIN_BLOCKED',
    retry: false,
    reason: 'mailServiceNotEnabled',
    message: 'This Google account has no Gmail mailbox',
  },
  badRequest: { code: 'VALIDATION_FAILED', retry: false, message: 'Gmail did not accept the request' },
  requestTooLarge: {
    code: 'PAYLOAD_TOO_LARGE',
    retry: false,
    message: 'Gmail does not take so large a request',
  },
  unauthorized: {
    code: 'SERVICE_UNAVAILABLE',
    retry: false,
    reason: 'gmail_unauthorized',
    retryAfterSeconds: 10,
  },
  backend: {
    code: 'SERVICE_UNAVAILABLE',
    retry: true,
    mayHaveWorked: true,
    reason: 'backendError',
    retryAfterSeconds: 10,
  },
  malformed: {
    code: 'SERVICE_UNAVAILABLE',
    retry: false,
    mayHaveWorked: true,
    reason: 'malformedAnswer',
    retryAfterSeconds: 30,
  },
  tooLarge: { code: 'SERVICE_UNAVAILABLE', retry: false, mayHaveWorked: true, reason: 'answerTooLarge' },
  requestFailed: {
    code: 'SERVICE_UNAVAILABLE',
    retry: false,
    mayHaveWorked: true,
    reason: 'requestFailed',
    retryAfterSeconds: 30,
  },
  queueFull: {
    code: 'RATE_LIMITED',
    retry: false,
    reason: 'mailbox_requests',
    message: 'Too many requests to this mailbox at once',
    retryAfterSeconds: 5,
  },
  network: { code: 'NETWORK_ERROR', retry: true, mayHaveWorked: true, retryAfterSeconds: 5 },
  unreachable: { code: 'NETWORK_ERROR', retry: true, retryAfterSeconds: 5 },
  refused: { code: 'SERVICE_UNAVAILABLE', retry: true, reason: 'connectionRefused', retryAfterSeconds: 10 },
  tlsFailed: {
    code: 'SERVICE_UNAVAILABLE',
    retry: false,
    reason: 'tlsFailure',
    message: 'No secure connection to Gmail could be made',
    retryAfterSeconds: 30,
  },
  shuttingDown: {
    code: 'SERVICE_UNAVAILABLE',
    retry: false,
    reason: 'shuttingDown',
    retryAfterSeconds: 5,
  },
  deadline: {
    code: 'SERVICE_UNAVAILABLE',
    retry: false,
    mayHaveWorked: true,
    reason: 'deadlineExceeded',
    retryAfterSeconds: 10,
  },
} as const satisfies Record<string, FaultRow>;

export type GmailFault = keyof typeof faultTable;

/** Whether a read that failed so may be made again at once. */
export function isRetryable(fault: GmailFault): boolean {
  return faultTable[fault].retry;
}

/** Whether a write that failed so may have been carried out: the request went out, and no answer says no. */
export function mayHaveWorked(fault: GmailFault): boolean {
  const row: FaultRow = faultTable[fault];
  return row.mayHaveWorked === true;
}

/** The error our callers get; it holds nothing of Gmail's own text. */
export function gmailError(
  fault: GmailFault,
  details: { retryAfterSeconds?: number | undefined; cause?: unknown } = {},
): EvergrantError {
  const { code, reason, message, retryAfterSeconds }: FaultRow = faultTable[fault];
  // A row without a wait is a verdict that waiting does not change, whatever the answer's headers say.
  const waitSeconds =
    retryAfterSeconds === undefined ? undefined : (details.retryAfterSeconds ?? retryAfterSeconds);
  return new EvergrantError(code, { reason, message, retryAfterSeconds: waitSeconds, cause: details.cause });
}
