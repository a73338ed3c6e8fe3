import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HttpAnswer } from '../http/http-answer.js';
import { classifyRecallAnswer } from './classify-recall-answer.js';
import { classifyServiceAnswer } from './classify-service-answer.js';
import { isServiceFailure } from '../service/service-failure.js';

function answer(httpStatus: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status: 'answered',
    httpStatus,
    headers: new Headers(headers),
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

const verdict = { upstream: true, errorCode: 'INVALID_REFRESH_TOKEN', reason: 'invalid_grant' };
const own = { upstream: false, errorCode: 'VALIDATION_FAILED', provablyNotSent: true };
const upstreamFailure = {
  upstream: true,
  errorCode: 'NETWORK_ERROR',
  reason: 'connection_refused',
  retryAfterSeconds: 7,
  provablyNotSent: true,
};

describe('an answer of the OAuth service', () => {
  it('is a verdict when the provider’s own is handed on', () => {
    expect(classifyServiceAnswer(answer(400, verdict))).toEqual({
      status: 'rejected',
      path: 'oauth-service',
      errorCode: 'INVALID_REFRESH_TOKEN',
      reason: 'invalid_grant',
    });
  });

  it.each([
    ['without upstream', 400, { ...verdict, upstream: undefined }],
    ['with upstream in words', 400, { ...verdict, upstream: 'true' }],
    ['with a code of ours', 400, { ...verdict, errorCode: 'OAUTH_FLOW_REQUIRED' }],
    ['with a reason in prose', 400, { ...verdict, reason: 'Token has been revoked.' }],
    ['with a server error', 500, verdict],
    ['with a success', 200, verdict],
    ['with another refusal', 403, verdict],
  ])('is no verdict %s', (_what, httpStatus, body) => {
    const outcome = classifyServiceAnswer(answer(httpStatus, body));
    expect(outcome).toMatchObject({ status: 'unavailable', path: 'oauth-service', provablyNotSent: false });
    expect(isServiceFailure(outcome)).toBe(true);
  });

  it('hands on that the provider was not reached', () => {
    const outcome = classifyServiceAnswer(answer(503, upstreamFailure));
    expect(outcome).toEqual({
      status: 'unavailable',
      path: 'oauth-service',
      errorCode: 'NETWORK_ERROR',
      reason: 'connection_refused',
      retryAfterSeconds: 7,
      provablyNotSent: true,
    });
    expect(isServiceFailure(outcome)).toBe(false);
  });

  it('does not blame the service for one bad request', () => {
    const outcome = classifyServiceAnswer(answer(400, own));
    expect(outcome).toMatchObject({ reason: 'oauth_service_http_400', provablyNotSent: true });
    expect(isServiceFailure(outcome)).toBe(false);
  });

  it('blames the service for a secret that it does not accept', () => {
    const outcome = classifyServiceAnswer(answer(401, { ...own, errorCode: 'UNAUTHENTICATED' }));
    expect(outcome).toMatchObject({ serviceFailed: 'for-good', provablyNotSent: true });
  });

  it('tells how long the service asks to wait', () => {
    expect(classifyServiceAnswer(answer(503, own, { 'retry-after': '5' }))).toMatchObject({
      serviceFailed: 'for-now',
      retryAfterSeconds: 5,
    });
  });

  it('never becomes a verdict or a token by chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        fc.jsonValue(),
        fc.string(),
        (httpStatus, json, text) => {
          for (const body of [json, text]) {
            expect(classifyServiceAnswer(answer(httpStatus, body)).status).toBe('unavailable');
            expect(classifyRecallAnswer(answer(httpStatus, body)).status).toBe('unavailable');
          }
        },
      ),
    );
  });
});

describe('an answer about an attempt', () => {
  it.each([
    ['settled', 200, { status: 'settled', outcome: verdict }, 'settled'],
    ['settled without a verdict', 200, { status: 'settled', outcome: upstreamFailure }, 'settled'],
    ['settled in unknown words', 200, { status: 'settled', outcome: own }, 'unavailable'],
    ['running', 202, { status: 'running' }, 'running'],
    ['unknown', 404, { errorCode: 'NOT_FOUND', reason: 'attempt_unknown' }, 'unknown'],
    ['a 404 of another server', 404, { error: 'Not Found' }, 'unavailable'],
    ['a refusal', 401, own, 'unavailable'],
  ])('says that it is %s', (_what, httpStatus, body, status) => {
    expect(classifyRecallAnswer(answer(httpStatus, body)).status).toBe(status);
  });
});
