import { describe, expect, it } from '@jest/globals';
import { gmailError } from './gmail-fault.js';
import { faultOfFailure } from './request-failure.js';

const withCode = (code: string) => Object.assign(new Error('failed'), { code });

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
