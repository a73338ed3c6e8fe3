import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Backend } from '../backend.js';
import { endpoint, formOf, queryOf } from '../endpoint.js';
import { fingerprint } from '../grants/fingerprint.js';
import type { Grant } from '../state/sandbox-state.js';
import { authenticateClient, namedClientId } from './client-authentication.js';
import { exchangeCode } from './code-exchange.js';
import { answerOAuthErrors } from './oauth-error-handler.js';
import { OAuthError } from './oauth-error.js';
import { readParameters, requireParameter } from './parameters.js';
import { refresh } from './refresh.js';

interface Issued {
  grant: Grant;
  scopes: readonly string[];
  nonce?: string | undefined;
  refreshToken: string | undefined;
}

/** `POST /token`: the authorization_code and refresh_token grants. */
export function tokenEndpoint(app: FastifyInstance, backend: Backend): void {
  const { ledger } = backend;

  const serve = (request: FastifyRequest): Issued => {
    const parameters = readParameters(formOf(request));
    const grantType = requireParameter(parameters, 'grant_type');
    const client = authenticateClient(request.headers.authorization, parameters, backend.clients);
    if (grantType === 'refresh_token') return refresh(backend, client, parameters);
    if (grantType === 'authorization_code') {
      const exchanged = exchangeCode(backend, client, parameters);
      return { ...exchanged, scopes: exchanged.grant.scopes };
    }
    throw new OAuthError(400, 'unsupported_grant_type', `Invalid grant_type: ${grantType}`);
  };

  const presentedGrant = (form: URLSearchParams): Grant | undefined => {
    const token = form.get('refresh_token');
    return token === null ? undefined : backend.grants.findByRefreshToken(token);
  };

  const describe = (request: FastifyRequest) => {
    const form = formOf(request);
    const code = backend.codes.find(form.get('code') ?? '');
    return {
      grantType: form.get('grant_type'),
      clientId: namedClientId(request.headers.authorization, new Map(form)),
      account: presentedGrant(form)?.account ?? code?.account ?? null,
    };
  };

  endpoint(
    app,
    backend,
    {
      target: 'token',
      describe,
      onRequest: (request, facts) => {
        const token = formOf(request).get('refresh_token');
        ledger.openTokenRequest(request, backend.clock.nowIso(), facts, {
          presentedRefreshToken: token === null ? null : fingerprint(token),
          grantId: presentedGrant(formOf(request))?.id ?? null,
          query: queryOf(request).toString(),
        });
      },
      onFault: (request, fault) => ledger.note(request, { fault }),
    },
    (scope) => {
      answerOAuthErrors(scope, (request, error) => ledger.note(request, { outcome: error.error }));
      scope.addHook('onRequest', async (request, reply) => {
        reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
        // Node finishes a response only when its socket took all of it.
        reply.raw.once('finish', () => ledger.note(request, { deliveredAt: backend.clock.nowIso() }));
      });
      scope.post('/token', async (request) => {
        const issued = serve(request);
        const { refreshToken } = issued;
        ledger.note(request, {
          outcome: 'issued',
          grantId: issued.grant.id,
          returnedRefreshToken: refreshToken === undefined ? null : fingerprint(refreshToken),
        });
        return tokenAnswer(backend, issued);
      });
    },
  );
}

/** RFC 6749 section 5.1, with an id_token when `openid` was granted. */
async function tokenAnswer(backend: Backend, { grant, scopes, nonce, refreshToken }: Issued) {
  const account = backend.accounts.find(grant.account);
  if (account === undefined) throw new OAuthError(400, 'invalid_grant', 'Account has been deleted');
  return {
    access_token: await backend.accessTokens.issue(grant, account, scopes),
    expires_in: backend.state.data.settings.accessTokenLifetimeSeconds,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(grant.endsAtMs !== undefined && {
      refresh_token_expires_in: Math.round((grant.endsAtMs - backend.clock.nowMs()) / 1000),
    }),
    scope: scopes.join(' '),
    token_type: 'Bearer',
    ...(scopes.includes('openid') && {
      id_token: await backend.idTokens.issue(account, grant.clientId, nonce),
    }),
  };
}
