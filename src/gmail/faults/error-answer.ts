import { z } from 'zod';
import type { GmailFault } from './gmail-fault.js';

const named = z.array(z.object({ reason: z.string().optional() })).catch([]);
const envelope = z.object({
  error: z.object({
    message: z.string().catch(''),
    status: z.string().catch(''),
    errors: named,
    details: named,
  }),
});

/** Google's error envelope, as far as it decides anything. */
export interface ErrorAnswer {
  /** For deciding only; it never reaches a caller. */
  message: string;
  reasons: readonly string[];
}

/** Reads Google's error envelope; undefined when the body is none (HTML from a front end, a proxy's page). */
export function readErrorAnswer(body: unknown): ErrorAnswer | undefined {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return undefined;
  const { message, status, errors, details } = parsed.data.error;
  const reasons = [...errors, ...details].flatMap(({ reason }) => reason ?? []);
  return { message, reasons: [...reasons, status] };
}

/** https://developers.google.com/workspace/gmail/api/guides/handle-errors, and google.rpc.ErrorInfo's names. */
const faultOfReason = {
  dailyLimitExceeded: 'dailyLimit',
  quotaExceeded: 'dailyLimit',
  rateLimitExceeded: 'rateLimited',
  userRateLimitExceeded: 'rateLimited',
  RATE_LIMIT_EXCEEDED: 'rateLimited',
  RESOURCE_EXHAUSTED: 'rateLimited',
  domainPolicy: 'domainPolicy',
  insufficientPermissions: 'insufficientScope',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'insufficientScope',
  accessNotConfigured: 'accessNotConfigured',
  SERVICE_DISABLED: 'accessNotConfigured',
} as const satisfies Record<string, GmailFault>;
const faultsByReason = new Map<string, GmailFault>(Object.entries(faultOfReason));

/**
 * Which fault an answer other than 2xx is: status first, then reasons. A 403 is never a re-authentication
 * by itself; without a reason that we know it is held to be passing.
 */
export function faultOfAnswer(status: number, answer: ErrorAnswer | undefined): GmailFault {
  if (status >= 500 || status === 408) return 'backend';
  switch (status) {
    case 401:
      return 'unauthorized';
    case 413:
      return 'requestTooLarge';
    case 429:
      return namedFault(answer) === 'dailyLimit' ? 'dailyLimit' : 'rateLimited';
    case 403:
      return namedFault(answer) ?? (isForServiceAccounts(answer) ? 'delegationRequired' : 'forbidden');
  }
  if (answer === undefined) return 'malformed';
  if (status === 404) return 'notFound';
  if (status === 409) return 'conflict';
  if (status !== 400) return 'malformed';
  return /mail service not enabled/i.test(answer.message) ? 'mailServiceNotEnabled' : 'badRequest';
}

/** Its reason is that of any other refusal: "Access restricted to service accounts that have been delegated [...]". */
function isForServiceAccounts(answer: ErrorAnswer | undefined): boolean {
  return /restricted to service accounts/i.test(answer?.message ?? '');
}

/** The first of the answer's reasons that is known here. */
function namedFault(answer: ErrorAnswer | undefined): GmailFault | undefined {
  return answer?.reasons.map((reason) => faultsByReason.get(reason)).find((fault) => fault !== undefined);
}
