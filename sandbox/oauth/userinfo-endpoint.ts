import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Backend } from '../backend.js';
import { bearerOf, endpoint } from '../endpoint.js';
import { addressClaims } from '../grants/id-tokens.js';
import { answerOAuthErrors } from './oauth-error-handler.js';
import { OAuthError } from './oauth-error.js';
import { emailScope, profileScope } from './scopes.js';

/** `GET /v1/userinfo` (OpenID Connect Core section 5.3): the claims that the token's scopes permit. */
export function userinfoEndpoint(app: FastifyInstance, backend: Backend): void {
  const read = (request: FastifyRequest) => backend.accessTokens.read(bearerOf(request) ?? '');
  const describe = async (request: FastifyRequest) => {
    const token = await read(request);
    return token === null ? {} : { account: token.account.email, clientId: token.grant.clientId };
  };

  endpoint(app, backend, { target: 'userinfo', describe }, (scope) => {
    answerOAuthErrors(scope);
    scope.get('/v1/userinfo', async (request, reply) => {
      const token = await read(request);
      if (token === null) {
        reply.header(
          'www-authenticate',
          'Bearer realm="https://accounts.google.com/", error="invalid_token"',
        );
        throw new OAuthError(401, 'invalid_request', 'Invalid Credentials');
      }
      const { account, scopes } = token;
      const mayReadEmail = scopes.includes(emailScope);
      if (!mayReadEmail && !scopes.includes('openid')) {
        throw new OAuthError(403, 'insufficient_scope', 'The token was granted neither openid nor email.');
      }
      return {
        sub: account.sub,
        ...(mayReadEmail && addressClaims(account)),
        ...(scopes.includes(profileScope) && { name: account.name }),
      };
    });
  });

  app.get('/oauth2/v3/certs', () => backend.idTokens.publicKeys());
}
