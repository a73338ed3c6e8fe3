import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Backend } from '../backend.js';
import { endpoint, formOf, queryOf } from '../endpoint.js';
import { projectOf } from '../state/clients.js';
import type { Grant } from '../state/sandbox-state.js';
import { answerOAuthErrors } from './oauth-error-handler.js';
import { OAuthError } from './oauth-error.js';
import { readParameters, requireParameter } from './parameters.js';

function invalidToken() {
  return new OAuthError(400, 'invalid_token', 'Token expired or revoked');
}

/**
 * `POST /revoke` of an access or refresh token. As Google does, and unlike RFC 7009, it ends every grant of the
 * account in the whole Cloud project, and answers 400 for a token it does not know.
 */
export function revocationEndpoint(app: FastifyInstance, backend: Backend): void {
  const tokenOf = (request: FastifyRequest): URLSearchParams =>
    formOf(request).has('token') ? formOf(request) : queryOf(request);

  const liveGrant = async (token: string): Promise<Grant | undefined> => {
    const grant = backend.grants.findByRefreshToken(token);
    if (grant === undefined) return (await backend.accessTokens.read(token))?.grant;
    const live = grant.endedBecause === null && backend.grants.isLatestRefreshToken(grant, token);
    return live ? grant : undefined;
  };

  const describe = async (request: FastifyRequest) => {
    const grant = await liveGrant(tokenOf(request).get('token') ?? '');
    return grant === undefined ? {} : { account: grant.account, clientId: grant.clientId };
  };

  endpoint(app, backend, { target: 'revoke', describe }, (scope) => {
    answerOAuthErrors(scope);
    scope.post('/revoke', async (request) => {
      const grant = await liveGrant(requireParameter(readParameters(tokenOf(request)), 'token'));
      if (grant === undefined) throw invalidToken();
      backend.grants.endAll(grant.account, 'revoked-by-client', projectOf(grant.clientId));
      return {};
    });
  });
}
