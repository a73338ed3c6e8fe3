import { z } from 'zod';
import { longestRetryAfterSeconds } from '../../resilience/index.js';
import type { Rejected, TokenSet, Unavailable } from '../token-exchange.js';
import { readTokenSet } from '../token-response.js';

export interface Granted {
  status: 'granted';
  tokens: TokenSet;
}

const reason = z.string().regex(/^[a-z0-9_.]{1,64}$/);

/** The provider's verdict, handed on. No other code may lead to a new sign-in. */
const verdictSchema = z.object({
  upstream: z.literal(true),
  errorCode: z.enum([
    'INVALID_REFRESH_TOKEN',
    'INVALID_CLIENT',
    'INVALID_REQUEST',
    'INSUFFICIENT_SCOPE',
    'ADMIN_BLOCKED',
  ]),
  reason,
});

/** The provider could not be asked, or gave no verdict. */
const upstreamFailureSchema = z.object({
  upstream: z.literal(true),
  errorCode: z.enum(['NETWORK_ERROR', 'SERVICE_UNAVAILABLE', 'UNKNOWN_ERROR']),
  reason,
  retryAfterSeconds: z.int().min(0).max(longestRetryAfterSeconds).nullable(),
  provablyNotSent: z.boolean(),
});

/** The service's own refusal or failure. */
const ownErrorSchema = z.object({
  upstream: z.literal(false),
  errorCode: z.string().regex(/^[A-Z_]{1,64}$/),
  provablyNotSent: z.boolean(),
});

export function readGranted(json: unknown): Granted | null {
  const tokens = readTokenSet(json);
  return tokens && { status: 'granted', tokens };
}

export function readVerdict(json: unknown): Rejected | null {
  const { success, data } = verdictSchema.safeParse(json);
  if (!success) return null;
  const { errorCode, reason } = data;
  return { status: 'rejected', path: 'oauth-service', errorCode, reason };
}

export function readUpstreamFailure(json: unknown): Unavailable | null {
  const { success, data } = upstreamFailureSchema.safeParse(json);
  if (!success) return null;
  const { errorCode, reason, retryAfterSeconds, provablyNotSent } = data;
  return {
    status: 'unavailable',
    path: 'oauth-service',
    ...{ errorCode, reason, retryAfterSeconds, provablyNotSent },
  };
}

export function readOwnError(json: unknown): { provablyNotSent: boolean } | null {
  const { success, data } = ownErrorSchema.safeParse(json);
  return success ? data : null;
}
