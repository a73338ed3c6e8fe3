import { z } from 'zod';
import type { TokenSet } from './token-exchange.js';

/** Visible ASCII (RFC 6749 appendices A.12 and A.17, without the space): fit for an HTTP header. */
const token = z.string().regex(/^[\x21-\x7e]+$/);

const oneYearSeconds = 31_536_000;
const oneCenturySeconds = 100 * oneYearSeconds;

const tokenResponseSchema = z.object({
  access_token: token,
  token_type: z.string().regex(/^bearer$/i),
  // A life beyond a year would be a slip; the earlier refresh costs nothing, a date out of range the token.
  expires_in: z
    .number()
    .min(1)
    .transform((seconds) => Math.min(Math.floor(seconds), oneYearSeconds)),
  refresh_token: token.optional(),
  refresh_token_expires_in: z.int().positive().max(oneCenturySeconds).optional().catch(undefined),
  scope: z
    .string()
    .transform((scopes) => scopes.split(' ').filter((scope) => scope !== ''))
    .refine((scopes) => scopes.length > 0)
    .optional(),
  // Without it userinfo is asked, so a bad one costs no token.
  id_token: token.optional().catch(undefined),
});

/** What a life is taken for that is not told in a way that can be read, in seconds: short, so that little is risked. */
const assumedLifeSeconds = 600;

/**
 * A response that brings another refresh token: the one presented may be dead by now, and this one the only copy.
 * `expires_in` is but recommended (RFC 6749 section 5.1), and nothing else that is odd is worth the grant.
 */
const rotationSchema = tokenResponseSchema.extend({
  token_type: z.unknown().optional(),
  expires_in: z.preprocess(decimal, tokenResponseSchema.shape.expires_in).catch(assumedLifeSeconds),
  // Sent in a form only, which takes any character.
  refresh_token: z.string().min(1),
  scope: tokenResponseSchema.shape.scope.catch(undefined),
});

/**
 * Reads a successful token response (RFC 6749 section 5.1), more strictly than oauth4webapi, which takes
 * `expires_in` as a string, zero or absent. An `id_token` is handed on as it came.
 * With a new refresh token, all but the two tokens may be odd.
 * @returns null when the response is not usable in every part, and brings no new refresh token.
 */
export function readTokenSet(json: unknown): TokenSet | null {
  const { success, data } = tokenResponseSchema.safeParse(json);
  return success ? tokenSet(data) : readRotation(json);
}

/** Reads a response as {@link readTokenSet} does, but only if it brings a new refresh token. */
export function readRotation(json: unknown): TokenSet | null {
  const { success, data } = rotationSchema.safeParse(json);
  return success ? tokenSet(data) : null;
}

function tokenSet(read: z.output<typeof tokenResponseSchema> | z.output<typeof rotationSchema>): TokenSet {
  return {
    accessToken: read.access_token,
    tokenType: 'Bearer',
    expiresInSeconds: read.expires_in,
    scopes: read.scope ?? null,
    refreshToken: read.refresh_token ?? null,
    refreshTokenExpiresInSeconds: read.refresh_token_expires_in ?? null,
    idToken: read.id_token,
  };
}

/** A number that was written as text. */
function decimal(value: unknown): unknown {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

/** A successful answer of a token endpoint (RFC 6749 section 5.1). */
export interface TokenResponse {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  scope?: string;
  refresh_token?: string;
  refresh_token_expires_in?: number;
  id_token?: string;
}

/** Says a token set in the words of RFC 6749; `readTokenSet` reads the same set back. */
export function tokenResponse(tokens: TokenSet): TokenResponse {
  const { scopes, refreshToken, refreshTokenExpiresInSeconds, idToken } = tokens;
  return {
    access_token: tokens.accessToken,
    token_type: tokens.tokenType,
    expires_in: tokens.expiresInSeconds,
    ...(scopes === null ? {} : { scope: scopes.join(' ') }),
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    ...(refreshTokenExpiresInSeconds === null
      ? {}
      : { refresh_token_expires_in: refreshTokenExpiresInSeconds }),
    ...(idToken === undefined ? {} : { id_token: idToken }),
  };
}
