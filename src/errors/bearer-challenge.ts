/** What an `error_description` may hold (RFC 6750 section 3); quotes and backslashes would need escaping. */
const notDescribable = /[^\x20\x21\x23-\x5b\x5d-\x7e]/g;

/** What a route says beside: where its authorization server is found, and what to ask for (RFC 9728, section 5.1). */
export type ChallengeParameters = Readonly<Record<string, string>>;

/**
 * The `WWW-Authenticate` of a 401, which is about the token that came with the request and nothing else. A request
 * without one is told no error (RFC 6750 section 3.1).
 */
export function bearerChallenge(
  authorization: string | undefined,
  message: string,
  parameters: ChallengeParameters = {},
): string {
  const isShown = authorization !== undefined && authorization !== '';
  return written({ ...parameters, ...(isShown && { error: 'invalid_token', error_description: message }) });
}

/**
 * Beside an answer that the token's scopes do not suffice for (RFC 6750, section 3.1). It is no refusal of the request:
 * `WWW-Authenticate` may stand in any answer that other credentials would change (RFC 9110, section 11.6.1).
 */
export function insufficientScopeChallenge(parameters: ChallengeParameters): string {
  return written({ ...parameters, error: 'insufficient_scope' });
}

function written(parameters: ChallengeParameters): string {
  const all = Object.entries(parameters).map(
    ([name, value]) => `${name}="${value.replace(notDescribable, '')}"`,
  );
  return ['Bearer', all.join(', ')].join(' ').trimEnd();
}
