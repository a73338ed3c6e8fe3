import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unanswered } from './unanswered.js';

describe('a request for tokens without an answer', () => {
  it.each([
    ['ECONNRESET', 'NETWORK_ERROR', 'connection_reset', false],
    ['ETIMEDOUT', 'NETWORK_ERROR', 'connection_timeout', false],
    ['UND_ERR_CONNECT_TIMEOUT', 'NETWORK_ERROR', 'connection_timeout', true],
    ['ENOTFOUND', 'NETWORK_ERROR', 'dns_failure', true],
    ['EAI_AGAIN', 'NETWORK_ERROR', 'dns_failure', true],
    ['EHOSTUNREACH', 'NETWORK_ERROR', 'host_unreachable', false],
    ['ECONNREFUSED', 'SERVICE_UNAVAILABLE', 'connection_refused', true],
    ['UND_ERR_HEADERS_TIMEOUT', 'SERVICE_UNAVAILABLE', 'deadline_exceeded', false],
    ['HPE_INVALID_CONSTANT', 'SERVICE_UNAVAILABLE', 'malformed_response', false],
    ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'SERVICE_UNAVAILABLE', 'response_too_large', false],
    ['UND_ERR_CLOSED', 'SERVICE_UNAVAILABLE', 'shutting_down', true],
    ['CERT_HAS_EXPIRED', 'SERVICE_UNAVAILABLE', 'tls_failure', true],
    ['EWHATEVER', 'UNKNOWN_ERROR', 'unexpected_failure', false],
  ])('after %s is %s (%s)', (code, errorCode, reason, provablyNotSent) => {
    const failure = new TypeError('fetch failed', {
      cause: Object.assign(new Error('secret-host'), { code }),
    });
    expect(unanswered(failure)).toEqual({
      status: 'unavailable',
      path: 'direct',
      errorCode,
      reason,
      retryAfterSeconds: null,
      provablyNotSent,
    });
  });

  it('is never a verdict, whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(unanswered(thrown)).toMatchObject({ status: 'unavailable', retryAfterSeconds: null });
      }),
    );
  });
});
