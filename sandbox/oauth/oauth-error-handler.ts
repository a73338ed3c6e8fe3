import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OAuthError } from './oauth-error.js';

function asOAuthError(error: unknown): OAuthError | undefined {
  if (error instanceof OAuthError) return error;
  // Fastify's own refusals of a body: of the wrong type, too large, malformed.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status < 500 ? new OAuthError(400, 'invalid_request', 'Bad Request') : undefined;
}

/** Lets a scope answer its errors as RFC 6749 section 5.2 says. */
export function answerOAuthErrors(
  scope: FastifyInstance,
  onError: (request: FastifyRequest, error: OAuthError) => void = () => undefined,
): void {
  scope.setErrorHandler((error, request, reply) => {
    const oauthError = asOAuthError(error);
    if (oauthError === undefined) return reply.send(error);
    onError(request, oauthError);
    return reply.code(oauthError.status).send(oauthError.toBody());
  });
}
