import { z } from 'zod';

/** VSCHAR, the alphabet of credentials and codes (RFC 6749 appendix A). */
const vschars = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[\x20-\x7e]+$/, 'must be printable ASCII');

/** NQCHAR (RFC 6749 appendix A.4). */
const scope = z
  .string()
  .max(512)
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, 'must be a scope as RFC 6749 writes it');

const client = {
  provider: z.string().min(1).max(64),
  clientId: vschars,
  clientSecret: vschars,
};

export const refreshInput = z.strictObject({
  ...client,
  refreshToken: vschars,
  /** Fewer than were granted; all when left out. */
  scopes: z.array(scope).min(1).max(100).optional(),
  /** Whether presenting the token may spend it; left out, the provider's own word holds. */
  singleUse: z.boolean().optional(),
});
export type RefreshInput = z.output<typeof refreshInput>;

export const codeExchangeInput = z.strictObject({
  ...client,
  code: vschars,
  /** RFC 7636 section 4.1. */
  codeVerifier: z
    .string()
    .regex(/^[A-Za-z0-9._~-]{43,128}$/, 'must be 43 to 128 unreserved characters (RFC 7636)'),
  redirectUri: z.url(),
});
export type CodeExchangeInput = z.output<typeof codeExchangeInput>;
