import { describe, expect, it } from '@jest/globals';
import type { AuthorizationProbe, RefreshOutcome, Rejected, Unavailable } from '../../oauth/index.js';
import {
  clientCheck,
  clockCheck,
  gmailApiCheck,
  publicUrlCheck,
  publishingStatusCheck,
  redirectUriCheck,
  scopesCheck,
  type ConnectedMailbox,
  type Finding,
} from './setup-checks.js';

function said({ status, reason }: Finding): string {
  return reason === null ? status : `${status}: ${reason}`;
}

const silence: Unavailable = {
  ...{ status: 'unavailable', path: 'direct', errorCode: 'NETWORK_ERROR', reason: 'connection_reset' },
  ...{ retryAfterSeconds: null, provablyNotSent: false },
};
function rejected(errorCode: Rejected['errorCode'], reason: string): RefreshOutcome {
  return { status: 'rejected', path: 'direct', errorCode, reason };
}
const accepted: AuthorizationProbe = { status: 'accepted', serverTimeMs: null };
const unclear: AuthorizationProbe = { status: 'unclear', serverTimeMs: null };
function refused(code: string): AuthorizationProbe {
  return { status: 'refused', code, serverTimeMs: null };
}

describe('the public URL', () => {
  it.each([
    ['https://mail.example.com', 'ok'],
    ['https://mail.example.com:8443/base', 'ok'],
    ['http://localhost:3000', 'ok'],
    ['http://127.0.0.1:3000', 'ok'],
    ['http://[::1]:3000', 'ok'],
    ['http://mail.example.com', 'failed: plain_http'],
    ['http://localhost.example.com', 'failed: plain_http'],
    ['http://192.168.0.7:3000', 'failed: plain_http'],
    ['https://192.0.2.7', 'failed: bare_address'],
    ['https://[2001:db8::7]', 'failed: bare_address'],
  ])('%s: %s', (url, expected) => {
    expect(said(publicUrlCheck(url))).toBe(expected);
  });
});

describe('the client', () => {
  const deadToken = rejected('INVALID_REFRESH_TOKEN', 'invalid_grant');
  const invalid = rejected('INVALID_CLIENT', 'invalid_client');
  it.each([
    ['the made-up token is refused', deadToken, accepted, 'ok'],
    ['that counts whatever the redirect URI is', deadToken, refused('redirect_uri_mismatch'), 'ok'],
    ['the client is refused, and its id known', invalid, accepted, 'failed: wrong_secret'],
    ['known by a mismatch too', invalid, refused('redirect_uri_mismatch'), 'failed: wrong_secret'],
    ['its id is not known', invalid, refused('invalid_client'), 'failed: unknown_client'],
    ['which of the two is not told', invalid, unclear, 'failed: invalid_client'],
    ['nor when one endpoint is silent', invalid, silence, 'failed: invalid_client'],
    ['it was deleted', rejected('INVALID_CLIENT', 'deleted_client'), accepted, 'failed: deleted_client'],
    ['it is disabled', rejected('INVALID_CLIENT', 'disabled_client'), accepted, 'failed: disabled_client'],
    ['Google does not answer', silence, accepted, 'unknown: connection_reset'],
    ['Google is odd', rejected('INVALID_REQUEST', 'invalid_request'), accepted, 'unknown: invalid_request'],
  ])('when %s', (_when, outcome, probe, expected) => {
    expect(said(clientCheck(outcome, probe))).toBe(expected);
  });
});

describe('the redirect URI', () => {
  it.each([
    [accepted, 'ok'],
    [refused('redirect_uri_mismatch'), 'failed: redirect_uri_mismatch'],
    [refused('invalid_client'), 'unknown: invalid_client'],
    [refused('org_internal'), 'unknown: org_internal'],
    [unclear, 'unknown: unclear_answer'],
    [silence, 'unknown: connection_reset'],
  ] as const)('%j: %s', (probe, expected) => {
    expect(said(redirectUriCheck(probe, 'https://a.example/oauth/callback'))).toBe(expected);
  });

  it('is told as it is to be registered', () => {
    const { detail } = redirectUriCheck(refused('redirect_uri_mismatch'), 'https://a.example/oauth/callback');
    expect(detail).toContain('https://a.example/oauth/callback, exactly so');
  });
});

describe('the clock', () => {
  it.each([
    [0, 'ok', 'agree'],
    [60, 'ok', 'agree'],
    [-60, 'ok', 'agree'],
    [61, 'failed: clock_skew', '61 seconds ahead of'],
    [-3_600, 'failed: clock_skew', '3600 seconds behind'],
  ])('%i seconds off: %s', (seconds, expected, words) => {
    const finding = clockCheck({ status: 'unclear', serverTimeMs: 1e12 }, 1e12 + seconds * 1_000);
    expect([said(finding), finding.detail]).toEqual([expected, expect.stringContaining(words)]);
  });

  it.each([[accepted], [silence]])('is not known when Google does not tell its time', (probe) => {
    expect(said(clockCheck(probe, 0))).toBe('unknown: no_date');
  });
});

describe('what only a connected mailbox tells', () => {
  const mailbox: ConnectedMailbox = {
    ...{ missingScopes: [], grantExpiresAt: null, gmail: { status: 'answered' } },
  };
  function failure(errorCode: 'SERVICE_UNAVAILABLE' | 'ADMIN_BLOCKED', reason: string | null) {
    return { ...mailbox, gmail: { status: 'failed', errorCode, reason } } as const;
  }

  it.each([
    [null, 'waiting: no_connected_mailbox'],
    [mailbox, 'ok'],
    [failure('SERVICE_UNAVAILABLE', 'accessNotConfigured'), 'failed: api_disabled'],
    [failure('SERVICE_UNAVAILABLE', 'http_503'), 'unknown: http_503'],
    [failure('ADMIN_BLOCKED', null), 'unknown: ADMIN_BLOCKED'],
  ] as const)('the Gmail API, by %j: %s', (given, expected) => {
    expect(said(gmailApiCheck(given))).toBe(expected);
  });

  it.each([
    [null, 'waiting: no_connected_mailbox'],
    [mailbox, 'ok'],
    [{ ...mailbox, missingScopes: ['gmail.send'] }, 'failed: scope_missing'],
  ])('scopes, by %j: %s', (given, expected) => {
    expect(said(scopesCheck(given))).toBe(expected);
  });

  it.each([
    [null, 'waiting: no_connected_mailbox'],
    [mailbox, 'ok'],
    [{ ...mailbox, grantExpiresAt: new Date() }, 'failed: grants_expire'],
  ])('whether the app is in testing, by %j: %s', (given, expected) => {
    expect(said(publishingStatusCheck(given))).toBe(expected);
  });
});
