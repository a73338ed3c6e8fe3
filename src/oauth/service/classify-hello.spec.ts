import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HttpAnswer } from '../http/http-answer.js';
import { classifyHello } from './classify-hello.js';
import { serviceFailure, type ServiceFailure } from './service-failure.js';

function answer(httpStatus: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status: 'answered', httpStatus, headers: new Headers(headers), body: text };
}

function isProof(proof: string): boolean {
  return proof === 'the proof';
}

const refusal = { error: 'invalid_token', errorCode: 'UNAUTHENTICATED', upstream: false };
const reset = serviceFailure('connection_reset', { provablyNotSent: false, serviceFailed: 'for-now' });
const hung = serviceFailure('deadline_exceeded', { provablyNotSent: false, serviceFailed: 'for-now' });

it('is proven by the right proof', () => {
  expect(classifyHello(answer(200, { proof: 'the proof' }), isProof)).toEqual({ status: 'proven' });
});

it.each<[string, HttpAnswer | ServiceFailure, string, string | null, ServiceFailure['serviceFailed']]>([
  ['a service with another token', answer(401, refusal), 'http_401', 'OAUTH_SERVICE_TOKEN', 'for-good'],
  ['another program’s 401', answer(401, { error: 'no' }), 'http_401', 'OAUTH_SERVICE_URL', 'for-good'],
  ['a wrong proof', answer(200, { proof: 'x' }), 'wrong_proof', 'OAUTH_SERVICE_URL', 'for-good'],
  ['no proof', answer(200, { ok: true }), 'malformed_response', 'OAUTH_SERVICE_URL', 'for-good'],
  ['a page', answer(200, '<html></html>'), 'malformed_response', 'OAUTH_SERVICE_URL', 'for-good'],
  ['no such route', answer(404, { errorCode: 'NOT_FOUND' }), 'http_404', 'OAUTH_SERVICE_URL', 'for-good'],
  ['a redirect', answer(302, ''), 'http_302', 'OAUTH_SERVICE_URL', 'for-good'],
  ['a failure', answer(503, {}), 'http_503', null, 'for-now'],
  ['too many requests', answer(429, {}), 'http_429', null, 'for-now'],
  ['a reset', reset, 'connection_reset', null, 'for-now'],
  ['no answer in time', hung, 'deadline_exceeded', null, 'for-good'],
])('of %s is no proof, and nothing was sent', (_what, given, reason, variable, serviceFailed) => {
  expect(classifyHello(given, isProof)).toMatchObject({
    status: 'unproven',
    variable,
    failure: { reason: `oauth_service_${reason}`, provablyNotSent: true, serviceFailed },
  });
});

it('hands on how long the service asks to wait', () => {
  expect(classifyHello(answer(503, {}, { 'retry-after': '7' }), isProof)).toMatchObject({
    failure: { retryAfterSeconds: 7 },
  });
});

it('is never proven by chance', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), fc.jsonValue(), (httpStatus, json) => {
      expect(classifyHello(answer(httpStatus, json), isProof).status).toBe('unproven');
    }),
  );
});
