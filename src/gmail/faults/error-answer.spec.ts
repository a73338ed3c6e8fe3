import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultOfAnswer, readErrorAnswer } from './error-answer.js';
import { gmailError } from './gmail-fault.js';

function errorFor(status: number, body: unknown) {
  return gmailError(faultOfAnswer(status, readErrorAnswer(body)));
}
function classic(reason: string, message = '') {
  return { error: { code: 0, message, errors: [{ reason }] } };
}

function modern(reason: string) {
  return {
    error: { message: '', status: 'PERMISSION_DENIED', details: [{ '@type': 'ErrorInfo', reason }] },
  };
}

describe('an error answer of Gmail', () => {
  it.each([
    [403, classic('rateLimitExceeded'), 'SERVICE_UNAVAILABLE', 'rateLimitExceeded', 30],
    [403, classic('userRateLimitExceeded'), 'SERVICE_UNAVAILABLE', 'rateLimitExceeded', 30],
    [403, modern('RATE_LIMIT_EXCEEDED'), 'SERVICE_UNAVAILABLE', 'rateLimitExceeded', 30],
    [429, { error: { status: 'RESOURCE_EXHAUSTED' } }, 'SERVICE_UNAVAILABLE', 'rateLimitExceeded', 30],
    [429, undefined, 'SERVICE_UNAVAILABLE', 'rateLimitExceeded', 30],
    [403, classic('dailyLimitExceeded'), 'SERVICE_UNAVAILABLE', 'dailyLimitExceeded', 3600],
    [403, classic('domainPolicy'), 'ADMIN_BLOCKED', 'domainPolicy', undefined],
    [403, classic('insufficientPermissions'), 'INSUFFICIENT_SCOPE', 'insufficientPermissions', undefined],
    [
      403,
      modern('ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
      'INSUFFICIENT_SCOPE',
      'insufficientPermissions',
      undefined,
    ],
    [403, classic('accessNotConfigured'), 'SERVICE_UNAVAILABLE', 'accessNotConfigured', 300],
    [403, modern('SERVICE_DISABLED'), 'SERVICE_UNAVAILABLE', 'accessNotConfigured', 300],
    [403, classic('somethingNew'), 'SERVICE_UNAVAILABLE', 'forbidden', 60],
    [
      403,
      classic(
        'forbidden',
        'Access restricted to service accounts that have been delegated domain-wide authority',
      ),
      'FORBIDDEN',
      'domainWideDelegation',
      undefined,
    ],
    [403, '<html>403</html>', 'SERVICE_UNAVAILABLE', 'forbidden', 60],
    [404, classic('notFound'), 'NOT_FOUND', undefined, undefined],
    [404, '<html>404</html>', 'SERVICE_UNAVAILABLE', 'malformedAnswer', 30],
    [
      400,
      classic('failedPrecondition', 'Mail service not enabled'),
      'ADMIN_BLOCKED',
      'mailServiceNotEnabled',
      undefined,
    ],
    [
      400,
      classic('failedPrecondition', 'Precondition check failed.'),
      'VALIDATION_FAILED',
      undefined,
      undefined,
    ],
    [400, classic('invalidArgument'), 'VALIDATION_FAILED', undefined, undefined],
    [400, '<html>400</html>', 'SERVICE_UNAVAILABLE', 'malformedAnswer', 30],
    [401, classic('authError'), 'SERVICE_UNAVAILABLE', 'gmail_unauthorized', 10],
    [500, classic('backendError'), 'SERVICE_UNAVAILABLE', 'backendError', 10],
    [503, '<html>503</html>', 'SERVICE_UNAVAILABLE', 'backendError', 10],
    [503, classic('domainPolicy'), 'SERVICE_UNAVAILABLE', 'backendError', 10],
    [418, classic('teapot'), 'SERVICE_UNAVAILABLE', 'malformedAnswer', 30],
  ])('%i %j is %s (%s)', (status, body, code, reason, retryAfterSeconds) => {
    expect(errorFor(status, body)).toMatchObject({ code, reason, retryAfterSeconds });
  });

  it('is told by the status alone when the request was too large', () => {
    expect(errorFor(413, '<html>').code).toBe('PAYLOAD_TOO_LARGE');
  });

  it('tells the operator to enable the Gmail API', () => {
    expect(errorFor(403, modern('SERVICE_DISABLED')).message).toMatch(/operator has to enable it/);
  });

  it('is told by its first known reason', () => {
    const body = { error: { errors: [{ reason: 'forbidden' }, { reason: 'domainPolicy' }] } };
    expect(errorFor(403, body).code).toBe('ADMIN_BLOCKED');
  });

  it('never asks a person to sign in again but for missing scopes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.jsonValue(), (status, error) => {
        expect(errorFor(status, { error }).requiresReauth).toBe(false);
      }),
    );
  });

  it('is read from any JSON without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const read = readErrorAnswer(body);
        expect(read === undefined || Array.isArray(read.reasons)).toBe(true);
      }),
    );
  });
});
