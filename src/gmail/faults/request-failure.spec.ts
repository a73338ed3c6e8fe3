import { describe, expect, it } from '@jest/globals';
import { gmailError, mayHaveWorked } from './gmail-fault.js';
import { faultOfFailure } from './request-failure.js';

function withCode(code: string) {
  return Object.assign(new Error('failed'), { code });
}

describe('a request without an answer', () => {
  it.each(['ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT'])(
    'is a network error after %s',
    (code) => {
      expect(gmailError(faultOfFailure(withCode(code))).code).toBe('NETWORK_ERROR');
    },
  );

  it.each([
    'ECONNREFUSED',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_BODY_TIMEOUT',
    'CERT_HAS_EXPIRED',
    'HPE_INVALID_VERSION',
  ])('is an unavailable service after %s', (code) => {
    expect(gmailError(faultOfFailure(withCode(code))).code).toBe('SERVICE_UNAVAILABLE');
  });

  it.each([
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'UND_ERR_CONNECT_TIMEOUT',
    'UND_ERR_CLOSED',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('was certainly not carried out after %s, and may be tried again', (code) => {
    const fault = faultOfFailure(withCode(code));
    expect(mayHaveWorked(fault)).toBe(false);
    expect(gmailError(fault).retryAfterSeconds).toBeGreaterThan(0);
  });

  it('was certainly not carried out when the connection could not be made', () => {
    const failure = Object.assign(withCode('ETIMEDOUT'), { syscall: 'connect' });
    expect(mayHaveWorked(faultOfFailure(failure))).toBe(false);
  });

  it.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'NO_SUCH_CODE'])(
    'may have been carried out after %s',
    (code) => {
      expect(mayHaveWorked(faultOfFailure(withCode(code)))).toBe(true);
    },
  );

  it('is told by its cause when it says nothing itself', () => {
    expect(faultOfFailure(new Error('fetch failed', { cause: withCode('ECONNREFUSED') }))).toBe('refused');
  });

  it('is a deadline after a time-out', () => {
    expect(faultOfFailure(new DOMException('late', 'TimeoutError'))).toBe('deadline');
  });

  it.each([undefined, null, 'text', 7, new Error('?')])('is never taken for a verdict (%s)', (failure) => {
    const error = gmailError(faultOfFailure(failure));
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', requiresReauth: false });
  });
});
