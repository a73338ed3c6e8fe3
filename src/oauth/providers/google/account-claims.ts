import { z } from 'zod';
import type { ProviderAccount } from '../../oauth-provider.js';

/** Whose account it is, as id_tokens and userinfo say it (OpenID Connect Core section 5.1). */
export const accountClaims = z.object({
  sub: z.string().min(1),
  email: z.string().regex(/^\S+@\S+$/),
  email_verified: z.unknown().optional(),
  hd: z.unknown().optional(),
});

export function accountOfClaims({
  sub,
  email,
  email_verified,
  hd,
}: z.output<typeof accountClaims>): ProviderAccount {
  return {
    ...{ subject: sub, email },
    // A string is what older endpoints of Google's make of it.
    ...((email_verified === true || email_verified === 'true') && { emailVerified: true }),
    ...(typeof hd === 'string' && hd !== '' && { hostedDomain: hd }),
  };
}
