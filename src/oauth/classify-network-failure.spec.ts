import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { classifyNetworkFailure } from './classify-network-failure.js';

const fetchFailed = (properties: object) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('secret-host'), properties) });

describe('classifyNetworkFailure', () => {
  it.each([
    ['a reset', { code: 'ECONNRESET' }, 'NETWORK_ERROR', 'connection_reset', false],
    ['a broken pipe', { code: 'EPIPE' }, 'NETWORK_ERROR', 'connection_reset', false],
    [
      'a socket closed by the other side',
      { code: 'UND_ERR_SOCKET' },
      'NETWORK_ERROR',
      'connection_reset',
      false,
    ],
    ['a time-out', { code: 'ETIMEDOUT' }, 'NETWORK_ERROR', 'connection_timeout', false],
    [
      'a time-out while connecting',
      { code: 'ETIMEDOUT', syscall: 'connect' },
      'NETWORK_ERROR',
      'connection_timeout',
      true,
    ],
    ['a connect time-out', { code: 'UND_ERR_CONNECT_TIMEOUT' }, 'NETWORK_ERROR', 'connection_timeout', true],
    ['an unknown host', { code: 'ENOTFOUND' }, 'NETWORK_ERROR', 'dns_failure', true],
    ['a DNS server that does not answer', { code: 'EAI_AGAIN' }, 'NETWORK_ERROR', 'dns_failure', true],
    ['an unreachable host', { code: 'EHOSTUNREACH' }, 'NETWORK_ERROR', 'host_unreachable', false],
    [
      'an unreachable network while connecting',
      { code: 'ENETUNREACH', syscall: 'connect' },
      'NETWORK_ERROR',
      'host_unreachable',
      true,
    ],
    ['a refused connection', { code: 'ECONNREFUSED' }, 'SERVICE_UNAVAILABLE', 'connection_refused', true],
    ['an expired deadline', { name: 'TimeoutError' }, 'SERVICE_UNAVAILABLE', 'deadline_exceeded', false],
    [
      'headers that never end',
      { code: 'UND_ERR_HEADERS_OVERFLOW' },
      'SERVICE_UNAVAILABLE',
      'malformed_response',
      false,
    ],
    [
      'an answer that is not HTTP',
      { code: 'HPE_INVALID_CONSTANT' },
      'SERVICE_UNAVAILABLE',
      'malformed_response',
      false,
    ],
    ['an expired certificate', { code: 'CERT_HAS_EXPIRED' }, 'SERVICE_UNAVAILABLE', 'tls_failure', true],
    ['a failed handshake', { code: 'EPROTO' }, 'SERVICE_UNAVAILABLE', 'tls_failure', false],
    ['a closed pool', { code: 'UND_ERR_CLOSED' }, 'SERVICE_UNAVAILABLE', 'shutting_down', true],
    ['anything else', { code: 'EWHATEVER' }, 'UNKNOWN_ERROR', 'unexpected_failure', false],
  ])('tells %s', (_title, properties, errorCode, reason, provablyNotSent) => {
    expect(classifyNetworkFailure(fetchFailed(properties))).toEqual({
      status: 'unavailable',
      path: 'direct',
      errorCode,
      reason,
      retryAfterSeconds: null,
      provablyNotSent,
    });
  });

  it('gives up on causes that run in a circle', () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    expect(classifyNetworkFailure(circle).reason).toBe('unexpected_failure');
  });

  it('makes something of whatever was thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        expect(classifyNetworkFailure(thrown)).toMatchObject({
          status: 'unavailable',
          retryAfterSeconds: null,
        });
      }),
    );
  });
});
