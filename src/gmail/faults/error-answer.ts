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
  if (status === 401) return 'unauthorized';
  if (status === 413) return 'requestTooLarge';

  const known = answer?.reasons
    .map((reason) => faultsByReason.get(reason))
    .find((fault) => fault !== undefined);
  if (status === 429) return known === 'dailyLimit' ? 'dailyLimit' : 'rateLimited';
  if (status === 403) return known ?? 'forbidden';
  if (answer === undefined) return 'malformed';
  if (status === 404) return 'notFound';
  if (status === 400)
    return /mail service not enabled/i.test(answer.message) ? 'mailServiceNotEnabled' : 'badRequest';
  return 'malformed';
}
