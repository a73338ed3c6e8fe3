import type { Backend } from '../backend.js';
import type { Client, Grant } from '../state/sandbox-state.js';
import { OAuthError } from './oauth-error.js';
import { requireParameter } from './parameters.js';
import type { Parameters } from './parameters.js';
import { readScopes } from './scopes.js';

export interface Refreshed {
  grant: Grant;
  scopes: readonly string[];
  /** Only with rotation. */
  refreshToken: string | undefined;
}

/**
 * Refreshes (RFC 6749 section 6). With `rotate-and-revoke-family` a spent refresh token ends its grant
 * (RFC 9700 section 4.14.2).
 * @throws OAuthError `invalid_grant`, `unauthorized_client` for another client's token, `invalid_scope`.
 */
export function refresh(backend: Backend, client: Client, parameters: Parameters): Refreshed {
  const presented = requireParameter(parameters, 'refresh_token');
  const grant = backend.grants.findByRefreshToken(presented);
  if (grant === undefined) throw new OAuthError(400, 'invalid_grant', 'Bad Request');
  if (grant.clientId !== client.clientId) throw new OAuthError(400, 'unauthorized_client', 'Unauthorized');

  if (grant.endsAtMs !== undefined && grant.endsAtMs <= backend.clock.nowMs())
    backend.grants.end(grant, 'lifetime-over');
  const { rotation } = backend.state.data.settings;
  const spent = !backend.grants.isLatestRefreshToken(grant, presented);
  if (spent && rotation === 'rotate-and-revoke-family') backend.grants.end(grant, 'refresh-token-reused');
  if (spent || grant.endedBecause !== null) {
    throw new OAuthError(400, 'invalid_grant', 'Token has been expired or revoked.');
  }

  const asked = parameters.get('scope');
  const scopes = asked === undefined ? grant.scopes : readScopes(asked);
  if (!scopes.every((scope) => grant.scopes.includes(scope))) {
    throw new OAuthError(400, 'invalid_scope', 'A scope was asked for that was not granted.');
  }
  return {
    grant,
    scopes,
    refreshToken: rotation === 'none' ? undefined : backend.grants.issueRefreshToken(grant),
  };
}
