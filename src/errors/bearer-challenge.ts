/** What an `error_description` may hold (RFC 6750 section 3); quotes and backslashes would need escaping. */
const notDescribable = /[^\x20\x21\x23-\x5b\x5d-\x7e]/g;

/**
 * The `WWW-Authenticate` of a 401, which is about the token that came with the request and nothing else. A request
 * without one is told no error (RFC 6750 section 3.1).
 */
export function bearerChallenge(authorization: string | undefined, message: string): string {
  if (authorization === undefined || authorization === '') return 'Bearer';
  return `Bearer error="invalid_token", error_description="${message.replace(notDescribable, '')}"`;
}
