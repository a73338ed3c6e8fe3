import { decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { SecurityEventRefused } from './refusal.js';

/** As the account, or the refresh token, that an event is about is named. */
const subjectSchema = z.object({
  iss: z.string().optional(),
  sub: z.string().min(1).max(255).optional(),
  token_type: z.string().optional(),
  token_identifier_alg: z.string().optional(),
  token: z.string().min(1).max(1_024).optional(),
});
const eventSchema = z.object({
  subject: subjectSchema.optional(),
  reason: z.string().optional(),
  state: z.string().optional(),
});
export type EventPayload = z.output<typeof eventSchema>;

const claimsSchema = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]).transform((aud) => [aud].flat()),
  iat: z.number(),
  jti: z.string().min(1),
  events: z.record(z.string(), eventSchema).refine((events) => Object.keys(events).length > 0),
});
/** What a security event token claims (RFC 8417 section 2.2). Its `exp`, if there is one, means nothing: events are past. */
export type SecurityEventClaims = z.output<typeof claimsSchema>;

const algorithm = 'RS256';

/**
 * Reads a token whose signature is still to be checked, so that no key has to be fetched for what is none.
 * @throws SecurityEventRefused
 */
export function readSecurityEventToken(token: string): SecurityEventClaims {
  const { header, claims } = decoded(token);
  if (header.alg !== algorithm) throw new SecurityEventRefused('invalid_key', 'Only RS256 is taken');
  const { success, data, error } = claimsSchema.safeParse(claims);
  if (success) return data;
  const path = error.issues[0]?.path[0];
  throw new SecurityEventRefused('invalid_request', `The claim ${String(path)} is missing or malformed`);
}

/**
 * Whether it is meant for one of our OAuth clients.
 * @returns the clients among its audience
 * @throws SecurityEventRefused
 */
export function requireAudience({ aud }: SecurityEventClaims, clientIds: readonly string[]): string[] {
  const ours = aud.filter((each) => clientIds.includes(each));
  if (ours.length > 0) return ours;
  throw new SecurityEventRefused('invalid_audience', 'The audience holds no OAuth client of this deployment');
}

/** @throws SecurityEventRefused */
export function requireIssuer({ iss }: SecurityEventClaims, issuer: string): void {
  if (iss !== issuer) throw new SecurityEventRefused('invalid_issuer', 'The issuer is another');
}

const clockSkewSeconds = 300;
/** Google repeats for far less long; what was taken is remembered for longer. */
export const oldestSeconds = 14 * 86_400;

/**
 * Neither from the future, nor so old that we may have forgotten that it came before.
 * @throws SecurityEventRefused
 */
export function requireTime({ iat }: SecurityEventClaims, nowMs: number): void {
  const ageSeconds = nowMs / 1000 - iat;
  if (ageSeconds < -clockSkewSeconds)
    throw new SecurityEventRefused('invalid_request', 'The claim iat lies in the future');
  if (ageSeconds > oldestSeconds)
    throw new SecurityEventRefused('invalid_request', 'The claim iat lies more than 14 days back');
}

function decoded(token: string): { header: { alg?: unknown }; claims: unknown } {
  try {
    return { header: decodeProtectedHeader(token), claims: decodeJwt(token) };
  } catch {
    throw new SecurityEventRefused('invalid_request', 'The body is no signed JWT');
  }
}
