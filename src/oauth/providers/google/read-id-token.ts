import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { ProviderAccount } from '../../oauth-provider.js';
import { accountClaims, accountOfClaims } from './account-claims.js';

interface Expected {
  issuer: string;
  clientId: string;
  nowMs: number;
}

const claimsSchema = accountClaims.extend({ iss: z.string(), aud: z.string(), exp: z.number() });

/**
 * Reads whose account an id_token names. It came from the token endpoint itself over TLS, which stands for the check
 * of its signature (OpenID Connect Core section 3.1.3.7, item 6); issuer, audience and time are checked.
 * @returns null when it is not for this client, is over, or names no address
 */
export function readIdToken(idToken: string, expected: Expected): ProviderAccount | null {
  const { success, data } = claimsSchema.safeParse(decoded(idToken));
  if (!success) return null;
  const isOurs = isIssuer(data.iss, expected.issuer) && data.aud === expected.clientId;
  if (!isOurs || data.exp * 1000 <= expected.nowMs) return null;
  return accountOfClaims(data);
}

/** Google leaves out the scheme at times (https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken). */
function isIssuer(given: string, issuer: string): boolean {
  return given === issuer || `https://${given}` === issuer;
}

function decoded(idToken: string): unknown {
  try {
    return decodeJwt(idToken);
  } catch {
    return null;
  }
}
