/** What the provider sends back with the browser (RFC 6749 section 4.1.2, RFC 9207). */
export interface AuthorizationResponse {
  code?: string | undefined;
  state?: string | undefined;
  iss?: string | undefined;
  error?: string | undefined;
}

/** What a response to a live state says. */
export type AuthorizationAnswer = { status: 'code'; code: string } | AuthorizationRefusal;

export type AuthorizationRefusal =
  | { status: 'error'; error: string }
  | { status: 'incomplete' }
  /** Another issuer's answer must not be used, whatever it says (RFC 9207 section 2.4). */
  | { status: 'foreign_issuer' };

/** @param issuer the one of the provider that was asked */
export function authorizationAnswer(response: AuthorizationResponse, issuer: string): AuthorizationAnswer {
  const { code, iss, error } = response;
  if (iss !== undefined && iss !== issuer) return { status: 'foreign_issuer' };
  if (error !== undefined) return { status: 'error', error };
  return code ? { status: 'code', code } : { status: 'incomplete' };
}
