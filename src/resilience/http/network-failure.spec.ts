import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failedWhileConnecting, networkFailure, type NetworkFailureKind } from './network-failure.js';

function thrown(properties: object, cause?: unknown) {
  return Object.assign(new Error('secret-host', { cause }), properties);
}

describe('a failure before the request went out', () => {
  it.each<[NetworkFailureKind, string]>([
    ['connection_refused', 'ECONNREFUSED'],
    ['connection_timeout', 'UND_ERR_CONNECT_TIMEOUT'],
    ['connection_timeout', 'ERR_SOCKET_CONNECTION_TIMEOUT'],
    ['dns_failure', 'ENOTFOUND'],
    ['dns_failure', 'EAI_AGAIN'],
    ['dns_failure', 'EAI_FAIL'],
    ['shutting_down', 'UND_ERR_CLOSED'],
    ['tls_failure', 'CERT_HAS_EXPIRED'],
    ['tls_failure', 'CERT_NOT_YET_VALID'],
    ['tls_failure', 'CERT_REVOKED'],
    ['tls_failure', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['tls_failure', 'SELF_SIGNED_CERT_IN_CHAIN'],
    ['tls_failure', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
    ['tls_failure', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['tls_failure', 'HOSTNAME_MISMATCH'],
    ['tls_failure', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['tls_failure', 'ERR_TLS_DH_PARAM_SIZE'],
  ])('is %s, provably not sent, for %s', (kind, code) => {
    expect(networkFailure(thrown({ code }))).toEqual({ kind, provablyNotSent: true });
  });
});

const atAnyTime: [NetworkFailureKind, string][] = [
  ['connection_reset', 'ECONNRESET'],
  ['connection_reset', 'EPIPE'],
  ['connection_reset', 'UND_ERR_SOCKET'],
  ['connection_reset', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'],
  ['connection_timeout', 'ETIMEDOUT'],
  ['host_unreachable', 'EHOSTUNREACH'],
  ['host_unreachable', 'ENETUNREACH'],
  ['deadline_exceeded', 'UND_ERR_HEADERS_TIMEOUT'],
  ['deadline_exceeded', 'UND_ERR_BODY_TIMEOUT'],
  ['malformed_response', 'UND_ERR_HEADERS_OVERFLOW'],
  ['malformed_response', 'HPE_INVALID_CONSTANT'],
  ['response_too_large', 'UND_ERR_RES_EXCEEDED_MAX_SIZE'],
  ['shutting_down', 'UND_ERR_DESTROYED'],
  ['tls_failure', 'EPROTO'],
  ['tls_failure', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'],
  ['unexpected_failure', 'EWHATEVER'],
];
describe('a failure that may have come after the request had arrived', () => {
  it.each(atAnyTime)('is %s, perhaps sent, for %s', (kind, code) => {
    expect(networkFailure(thrown({ code }))).toEqual({ kind, provablyNotSent: false });
  });

  it.each(atAnyTime)('is %s, provably not sent, for %s of a system call that connects', (kind, code) => {
    expect(networkFailure(thrown({ code, syscall: 'connect' }))).toEqual({ kind, provablyNotSent: true });
  });

  it.each(atAnyTime)('is %s, provably not sent, for %s that the connector marked', (kind, code) => {
    const error = failedWhileConnecting(thrown({ code }));
    expect(networkFailure(error)).toEqual({ kind, provablyNotSent: true });
    expect(networkFailure(thrown({}, error))).toEqual({ kind, provablyNotSent: true });
  });

  it('is a malformed response when undici cannot parse it, and gives no code', () => {
    const failure = thrown({ name: 'HTTPParserError', code: undefined });
    expect(networkFailure(failure)).toEqual({ kind: 'malformed_response', provablyNotSent: false });
  });

  it('is a deadline when its time was up', () => {
    const late = new DOMException('late', 'TimeoutError');
    expect(networkFailure(late)).toEqual({ kind: 'deadline_exceeded', provablyNotSent: false });
  });
});

describe('a failure with a cause', () => {
  it('is told by its cause when it says nothing itself', () => {
    const failure = new TypeError('fetch failed', { cause: thrown({ code: 'ENOTFOUND' }) });
    expect(networkFailure(failure)).toEqual({ kind: 'dns_failure', provablyNotSent: true });
  });

  it('is proven by its cause when its own code proves nothing', () => {
    const wrapped = thrown({ code: 'ETIMEDOUT' }, thrown({ code: 'ETIMEDOUT', syscall: 'connect' }));
    expect(networkFailure(wrapped)).toEqual({ kind: 'connection_timeout', provablyNotSent: true });
  });

  it('is unexpected when the causes run in a circle', () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    expect(networkFailure(circle)).toEqual({ kind: 'unexpected_failure', provablyNotSent: false });
  });
});

describe('a host with several addresses', () => {
  const connecting = (code: string) => thrown({ code, syscall: 'connect' });
  const aggregate = (code: string, ...errors: Error[]) =>
    Object.assign(new AggregateError(errors, ''), { code });

  it('was not sent anything when no address could be connected to', () => {
    const failure = aggregate('ETIMEDOUT', connecting('ETIMEDOUT'), connecting('ENETUNREACH'));
    expect(networkFailure(failure)).toEqual({ kind: 'connection_timeout', provablyNotSent: true });
  });

  it('may have been sent something when one of the failures proves nothing', () => {
    const failure = aggregate('ETIMEDOUT', connecting('ETIMEDOUT'), thrown({ code: 'ECONNRESET' }));
    expect(networkFailure(failure)).toEqual({ kind: 'connection_timeout', provablyNotSent: false });
  });

  it('is told by the first failure that is known when there is no code over them', () => {
    const failure = new AggregateError([thrown({}), connecting('ECONNREFUSED')]);
    expect(networkFailure(failure).kind).toBe('connection_refused');
  });
});

it('makes something of anything that is thrown, and calls nothing unsent without a proof', () => {
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(networkFailure(anything)).toEqual({ kind: 'unexpected_failure', provablyNotSent: false });
    }),
  );
});
