import { type ErrorCode, EvergrantError } from '../../errors/index.js';

/** Never, after a failure that may have passed by now, or after a limit that is waited out. */
export type RetryKind = 'never' | 'soon' | 'waitedOut';

interface FaultRow {
  code: ErrorCode;
  /** Whether the client itself makes a read again. */
  retry: RetryKind;
  /** Whether a write that failed so may have been carried out nevertheless. */
  mayHaveWorked?: boolean;
  reason?: string;
  message?: string;
  retryAfterSeconds?: number;
  /** The caller is told the time at which it may go on. */
  isLimit?: boolean;
}

/** Every way in which a call to Gmail fails, and what our callers are told. */
const faultTable = {
  rateLimited: {
    code: 'SERVICE_UNAVAILABLE',
    retry: 'waitedOut',
    reason: 'rateLimitExceeded',
    message: 'Gmail has had too many requests for this mailbox',
    retryAfterSeconds: 30,
    isLimit: true,
  },
  dailyLimit: {
    code: 'SERVICE_UNAVAILABLE',
    retry: 'never',
    reason: 'dailyLimitExceeded',
    message: 'Gmail takes no more requests of this kind today',
    retryAfterSeconds: 3600,
    isLimit: true,
  },
  domainPolicy: { code: 'ADMIN_BLOCKED', retry: 'never', reason: 'domainPolicy' },
  insufficientScope: { code: 'INSUFFICIENT_SCOPE', retry: 'never', reason: 'insufficientPermissions' },
  accessNotConfigured: {
    code: 'SERVICE_UNAVAILABLE',
    retry: 'never',
    reason: 'accessNotConfigured',
    message:
      'The Gmail API is not enabled - the operator has to enable it in the Google Cloud project of the OAuth client',
    retryAfterSeconds: 300,
  },
  delegationRequired: {
    code: 'FORBIDDEN',
    retry: 'never',
    reason: 'domainWideDelegation',
    message:
      "Google lets only a service account with domain-wide delegation change this; the mailbox's owner can do so in Gmail's own settings",
  },
  forbidden: { code: 'SERVICE_UNAVAILABLE', retry: 'never', reason: 'forbidden', retryAfterSeconds: 60 },
  notFound: { code: 'NOT_FOUND', retry: 'never' },
  mailServiceNotEnabled: {
    code: 'ADMIN_BLOCKED',
    retry: 'never',
    reason: 'mailServiceNotEnabled',
    message: 'This Google account has no Gmail mailbox',
  },
  badRequest: { code: 'VALIDATION_FAILED', retry: 'never', message: 'Gmail did not accept the request' },
  conflict: { code: 'CONFLICT', retry: 'never', message: 'Gmail has such a one already' },
  requestTooLarge: {
    code: 'PAYLOAD_TOO_LARGE',
    retry: 'never',
    message: 'Gmail does not take so large a request',
  },
  unauthorized: {
    code: 'SERVICE_UNAVAILABLE',
    retry: 'never',
    reason: 'gmail_unauthorized',
    retryAfterSeconds: 10,
  },
  backend: {
    code: 'SERVICE_UNAVAILABLE',
    retry: 'soon',
    mayHaveWorked: true,
    reason: 'backendError',
    retryAfterSeconds: 10,
  },
  malformed: {
    code: 'SERVICE_UNAVAILABLE',
    retry: 'never',
    mayHaveWorked: true,
    reason: 'malformedAnswer',
    retryAfterSeconds: 30,
  },
  tooLarge: { code: 'SERVICE_UNAVAILABLE', retry: 'never', mayHaveWorked: true, reason: 'answerTooLarge' },
  requestFailed: {
    code: 'SERVICE_UNAVAILABLE',
    retry: 'never',
    mayHaveWorked: true,
    reason: 'requestFailed',
    retryAfterSeconds: 30,
  },
  queueFull: {
    code: 'RATE_LIMITED',
    retry: 'never',
    reason: 'mailbox_requests',
    message: 'Too many requests to this mailbox at once',
    retryAfterSeconds: 5,
  },
  quotaSpent: {
    code: 'RATE_LIMITED',
    retry: 'never',
    reason: 'mailbox_quota',
    message: "Gmail's quota for this mailbox is used up for the moment",
    retryAfterSeconds: 60,
    isLimit: true,
  },
  network: { code: 'NETWORK_ERROR', retry: 'soon', mayHaveWorked: true, retryAfterSeconds: 5 },
  unreachable: { code: 'NETWORK_ERROR', retry: 'soon', retryAfterSeconds: 5 },
  refused: { code: 'SERVICE_UNAVAILABLE', retry: 'soon', reason: 'connectionRefused', retryAfterSeconds: 10 },
  tlsFailed: {
    code: 'SERVICE_UNAVAILABLE',
    retry: 'never',
    reason: 'tlsFailure',
    message: 'No secure connection to Gmail could be made',
    retryAfterSeconds: 30,
  },
  shuttingDown: {
    code: 'SERVICE_UNAVAILABLE',
    retry: 'never',
    reason: 'shuttingDown',
    retryAfterSeconds: 5,
  },
  deadline: {
    code: 'SERVICE_UNAVAILABLE',
    retry: 'never',
    mayHaveWorked: true,
    reason: 'deadlineExceeded',
    retryAfterSeconds: 10,
  },
} as const satisfies Record<string, FaultRow>;

export type GmailFault = keyof typeof faultTable;

/** Whether a read that failed so may be made again, and what for: a limit passes when it passes. */
export function retryOf(fault: GmailFault): RetryKind {
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
  const { code, reason, message, retryAfterSeconds, isLimit }: FaultRow = faultTable[fault];
  // A row without a wait is a verdict that waiting does not change, whatever the answer's headers say.
  const waitSeconds =
    retryAfterSeconds === undefined ? undefined : (details.retryAfterSeconds ?? retryAfterSeconds);
  const report = isLimit === true && waitSeconds !== undefined ? { retryAt: timeIn(waitSeconds) } : undefined;
  return new EvergrantError(code, {
    ...{ reason, message, report, retryAfterSeconds: waitSeconds },
    cause: details.cause,
  });
}

/** ISO 8601, to the second. */
function timeIn(seconds: number): string {
  return new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toISOString().replace('.000Z', 'Z');
}
