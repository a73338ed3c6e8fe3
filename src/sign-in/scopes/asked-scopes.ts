import { knownPersonScopes, personScopes, type PersonScope } from '../../instances/index.js';

/** Of OpenID Connect, taken along where a client asks for them; no person is asked about them. */
export const identityScopes = ['openid', 'email', 'offline_access'] as const;

/** What a client asks a person for; all, if it does not say (RFC 6749, section 3.3). */
export function askedScopes(scope: string | undefined): PersonScope[] {
  const asked = knownPersonScopes((scope ?? '').split(' '));
  return asked.length > 0 ? asked : [...personScopes];
}

/** The scope to work with instead of what a client sent: what is not known here is left out (RFC 6749, section 3.3). */
export function effectiveScope(scope: string | undefined): string {
  const given = (scope ?? '').split(' ');
  return [...identityScopes.filter((known) => given.includes(known)), ...askedScopes(scope)].join(' ');
}
