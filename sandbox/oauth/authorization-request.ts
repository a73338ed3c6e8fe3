import type { Clients } from '../state/clients.js';
import { OAuthError } from './oauth-error.js';
import { readParameters, requireParameter } from './parameters.js';
import { describeScope, readScopes } from './scopes.js';

export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  state: string | undefined;
  nonce: string | undefined;
  codeChallenge: string;
  offline: boolean;
  promptConsent: boolean;
  loginHint: string | undefined;
}

/**
 * Checks an authorization request strictly (RFC 6749 section 4.1.1, RFC 7636 section 4.3, RFC 9700).
 * Google shows its own page for every fault found here, so none of them redirects.
 * @throws OAuthError in Google's words.
 */
export function readAuthorizationRequest(query: URLSearchParams, clients: Clients): AuthorizationRequest {
  const parameters = readParameters(query);
  const clientId = requireParameter(parameters, 'client_id');
  const client = clients.find(clientId);
  if (client === undefined) throw new OAuthError(401, 'invalid_client', 'The OAuth client was not found.');

  const redirectUri = requireParameter(parameters, 'redirect_uri');
  if (!client.redirectUris.includes(redirectUri)) {
    throw new OAuthError(400, 'redirect_uri_mismatch', 'The redirect URI is not registered for this client.');
  }
  if (requireParameter(parameters, 'response_type') !== 'code') {
    throw new OAuthError(400, 'unsupported_response_type', 'Only response_type=code is served.');
  }
  const scopes = readScopes(requireParameter(parameters, 'scope'));
  const unknown = scopes.filter((scope) => describeScope(scope) === undefined);
  if (unknown.length > 0) {
    throw new OAuthError(400, 'invalid_scope', `Some requested scopes were invalid: ${unknown.join(', ')}`);
  }

  return {
    clientId,
    redirectUri,
    scopes,
    state: parameters.get('state'),
    nonce: parameters.get('nonce'),
    codeChallenge: readCodeChallenge(
      requireParameter(parameters, 'code_challenge'),
      parameters.get('code_challenge_method'),
    ),
    offline:
      oneOf('access_type', parameters.get('access_type') ?? 'online', ['online', 'offline']) === 'offline',
    promptConsent: readPrompt(parameters.get('prompt')).includes('consent'),
    loginHint: parameters.get('login_hint'),
  };
}

function readCodeChallenge(challenge: string, method: string | undefined): string {
  // An absent method means `plain` (RFC 7636 section 4.3), which RFC 9700 section 2.1.1 forbids.
  oneOf('code_challenge_method', method ?? 'plain', ['S256']);
  if (!/^[\w-]{43}$/.test(challenge)) {
    throw new OAuthError(400, 'invalid_request', 'Invalid code challenge: not the base64url of a SHA-256.');
  }
  return challenge;
}

function readPrompt(prompt: string | undefined): string[] {
  return (prompt?.split(' ') ?? []).map((value) => oneOf('prompt', value, ['consent', 'select_account']));
}

function oneOf(name: string, value: string, allowed: readonly string[]): string {
  if (!allowed.includes(value)) {
    throw new OAuthError(400, 'invalid_request', `Invalid parameter value for ${name}: ${value}`);
  }
  return value;
}
