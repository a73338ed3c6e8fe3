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
});

/**
 * Reads a successful token response (RFC 6749 section 5.1), more strictly than oauth4webapi, which takes
 * `expires_in` as a string, zero or absent. An `id_token` is left alone: who the account is, userinfo tells.
 * @returns null when the response is not usable in every part.
 */
export function readTokenSet(json: unknown): TokenSet | null {
  const { success, data } = tokenResponseSchema.safeParse(json);
  if (!success) return null;
  return {
    accessToken: data.access_token,
    tokenType: 'Bearer',
    expiresInSeconds: data.expires_in,
    scopes: data.scope ?? null,
    refreshToken: data.refresh_token ?? null,
    refreshTokenExpiresInSeconds: data.refresh_token_expires_in ?? null,
  };
}

/** A successful answer of a token endpoint (RFC 6749 section 5.1). */
export interface TokenResponse {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  scope?: string;
  refresh_token?: string;
  refresh_token_expires_in?: number;
}

/** Says a token set in the words of RFC 6749; `readTokenSet` reads the same set back. */
export function tokenResponse(tokens: TokenSet): TokenResponse {
  const { scopes, refreshToken, refreshTokenExpiresInSeconds } = tokens;
  return {
    access_token: tokens.accessToken,
    token_type: tokens.tokenType,
    expires_in: tokens.expiresInSeconds,
    ...(scopes === null ? {} : { scope: scopes.join(' ') }),
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    ...(refreshTokenExpiresInSeconds === null
      ? {}
      : { refresh_token_expires_in: refreshTokenExpiresInSeconds }),
  };
}
