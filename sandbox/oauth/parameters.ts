import { OAuthError } from './oauth-error.js';

export type Parameters = ReadonlyMap<string, string>;

/**
 * The parameters of a request. An empty one counts as absent (RFC 6749 section 3.1).
 * @throws OAuthError `invalid_request` for one that is given twice.
 */
export function readParameters(source: URLSearchParams): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of source) {
    if (parameters.has(name)) {
      throw new OAuthError(
        400,
        'invalid_request',
        `OAuth 2 parameters can only have a single value: ${name}`,
      );
    }
    if (value !== '') parameters.set(name, value);
  }
  return parameters;
}

/** @throws OAuthError `invalid_request` for a missing parameter. */
export function requireParameter(parameters: Parameters, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) {
    throw new OAuthError(400, 'invalid_request', `Required parameter is missing: ${name}`);
  }
  return value;
}
