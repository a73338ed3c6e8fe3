import { createHash } from 'node:crypto';
import type { Backend } from '../backend.js';
import type { AuthorizationCode } from '../grants/authorization-codes.js';
import type { Client, Grant } from '../state/sandbox-state.js';
import { OAuthError } from './oauth-error.js';
import { requireParameter } from './parameters.js';
import type { Parameters } from './parameters.js';

export interface Exchanged {
  grant: Grant;
  nonce: string | undefined;
  refreshToken: string | undefined;
}

/**
 * Exchanges a code for a grant (RFC 6749 section 4.1.3). A code used twice ends the grant it gave (4.1.2).
 * @throws OAuthError `invalid_grant` or `redirect_uri_mismatch`.
 */
export function exchangeCode(backend: Backend, client: Client, parameters: Parameters): Exchanged {
  const code = backend.codes.find(requireParameter(parameters, 'code'));
  if (code?.request.clientId !== client.clientId) {
    throw new OAuthError(400, 'invalid_grant', 'Malformed auth code.');
  }
  if (code.grantId !== null) {
    const grant = backend.grants.find(code.grantId);
    if (grant !== undefined) backend.grants.end(grant, 'code-reused');
    throw new OAuthError(400, 'invalid_grant', 'Bad Request');
  }
  if (requireParameter(parameters, 'redirect_uri') !== code.request.redirectUri) {
    throw new OAuthError(400, 'redirect_uri_mismatch', 'Bad Request');
  }
  verifyCodeChallenge(parameters.get('code_verifier'), code.request.codeChallenge);

  const givesRefreshToken = deservesRefreshToken(backend, code);
  const grant = backend.grants.open({
    account: code.account,
    clientId: client.clientId,
    scopes: [...code.scopes],
  });
  code.grantId = grant.id;
  const { refreshTokenLifetimeSeconds } = backend.state.data.settings;
  if (refreshTokenLifetimeSeconds != null)
    backend.grants.endAt(grant, backend.clock.nowMs() + refreshTokenLifetimeSeconds * 1000);
  return {
    grant,
    nonce: code.request.nonce,
    refreshToken: givesRefreshToken ? backend.grants.issueRefreshToken(grant) : undefined,
  };
}

/** RFC 7636 sections 4.1 and 4.6. */
function verifyCodeChallenge(verifier: string | undefined, challenge: string): void {
  if (verifier === undefined) throw new OAuthError(400, 'invalid_grant', 'Missing code verifier.');
  const wellFormed = /^[\w.~-]{43,128}$/.test(verifier);
  if (!wellFormed || createHash('sha256').update(verifier).digest('base64url') !== challenge) {
    throw new OAuthError(400, 'invalid_grant', 'Invalid code verifier.');
  }
}

function deservesRefreshToken(backend: Backend, { request, account }: AuthorizationCode): boolean {
  const { issueRefreshToken } = backend.state.data.settings;
  if (issueRefreshToken !== 'google') return issueRefreshToken === 'always';
  return (
    request.offline &&
    (request.promptConsent || backend.grants.isFirstOfflineConsent(account, request.clientId))
  );
}
