import type { FastifyInstance } from 'fastify';
import type { Backend } from '../backend.js';
import { endpoint, formOf, queryOf } from '../endpoint.js';
import {
  authorizationErrorLocation,
  authorizationErrorOf,
  authorizationErrorPath,
} from './authorization-error.js';
import { readAuthorizationRequest } from './authorization-request.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { authorizationErrorPage, consentPage, readStylesheet, stylesheetPath } from './consent-page.js';
import { issuer } from './issuer.js';
import { OAuthError } from './oauth-error.js';

export const authorizationPath = '/o/oauth2/v2/auth';

const pageHeaders = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; img-src data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

function redirectTo(request: AuthorizationRequest, answer: Record<string, string>): string {
  const location = new URL(request.redirectUri);
  const parameters = { ...(request.state !== undefined && { state: request.state }), iss: issuer, ...answer };
  for (const [name, value] of Object.entries(parameters)) location.searchParams.set(name, value);
  return location.href;
}

/** Turns what the person chose on the page into the redirect back to the client. */
function decide(backend: Backend, request: AuthorizationRequest, form: URLSearchParams): string {
  const decision = form.get('decision');
  if (decision !== 'allow' && decision !== 'deny') {
    throw new OAuthError(400, 'invalid_request', 'Neither allowed nor denied.');
  }
  const account = backend.accounts.find(form.get('account') ?? '');
  if (account === undefined) throw new OAuthError(400, 'invalid_request', 'No such account.');
  const ticked = form.getAll('scope');
  if (!ticked.every((scope) => request.scopes.includes(scope))) {
    throw new OAuthError(400, 'invalid_scope', 'A scope was ticked that was not asked for.');
  }
  // Nothing ticked grants nothing, which is a denial.
  if (decision === 'deny' || ticked.length === 0) return redirectTo(request, { error: 'access_denied' });

  const scopes = request.scopes.filter((scope) => ticked.includes(scope));
  const code = backend.codes.issue({ request, account: account.email, scopes });
  return redirectTo(request, { code, scope: scopes.join(' '), authuser: '0', prompt: 'consent' });
}

/**
 * `GET /o/oauth2/v2/auth` shows the consent page, or redirects to an error page; its form posts to the same path and is redirected
 * (303).
 */
export function authorizationEndpoint(app: FastifyInstance, backend: Backend): void {
  const describe = (request: Parameters<typeof formOf>[0]) => {
    const form = formOf(request);
    const asked = form.has('request') ? new URLSearchParams(form.get('request') ?? '') : queryOf(request);
    return { clientId: asked.get('client_id'), account: form.get('account') };
  };
  endpoint(app, backend, { target: 'authorize', describe }, (scope) => {
    scope.setErrorHandler((error, request, reply) => {
      if (!(error instanceof OAuthError)) return reply.send(error);
      if (request.method === 'GET')
        return reply.redirect(authorizationErrorLocation(error, queryOf(request).get('client_id')), 302);
      return reply.code(error.status).type('text/html; charset=utf-8').send(authorizationErrorPage(error));
    });
    scope.addHook('onRequest', async (_request, reply) => void reply.headers(pageHeaders));

    scope.get(authorizationPath, async (request, reply) => {
      const query = queryOf(request);
      const asked = readAuthorizationRequest(query, backend.clients);
      const hinted = backend.accounts.find(asked.loginHint ?? '');
      return reply
        .type('text/html; charset=utf-8')
        .send(consentPage(asked, query.toString(), backend.accounts.list(), hinted));
    });

    scope.post(authorizationPath, async (request, reply) => {
      const form = formOf(request);
      // Checked anew: the hidden field comes back from a browser, and the client may have changed.
      const asked = readAuthorizationRequest(new URLSearchParams(form.get('request') ?? ''), backend.clients);
      return reply.redirect(decide(backend, asked, form), 303);
    });
  });

  app.get(authorizationErrorPath, async (request, reply) => {
    const error = authorizationErrorOf(queryOf(request).get('authError') ?? '');
    return reply
      .code(error.status)
      .headers(pageHeaders)
      .type('text/html; charset=utf-8')
      .send(authorizationErrorPage(error));
  });

  app.get(stylesheetPath, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(readStylesheet()),
  );
}
