import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HttpAnswer } from '../../http/http-answer.js';
import { classifyTokenResponse } from './classify-token-response.js';

const json = { 'content-type': 'application/json; charset=utf-8' };
const html = { 'content-type': 'text/html; charset=UTF-8' };
const usable = {
  access_token: 'ya29.token',
  token_type: 'Bearer',
  expires_in: 3599,
  scope: 'openid email',
};

function answer(httpStatus: number, body: unknown, headers: Record<string, string> = json): HttpAnswer {
  const text = typeof body === 'string' || body === null ? body : JSON.stringify(body);
  return { status: 'answered', httpStatus, headers: new Headers(headers), body: text };
}

describe('classifyTokenResponse, verdicts', () => {
  it.each([
    ['invalid_grant asks for a new consent', 400, 'invalid_grant', 'INVALID_REFRESH_TOKEN'],
    ['invalid_client blames the OAuth client', 401, 'invalid_client', 'INVALID_CLIENT'],
    ['deleted_client blames the OAuth client', 401, 'deleted_client', 'INVALID_CLIENT'],
    ['disabled_client blames the OAuth client', 401, 'disabled_client', 'INVALID_CLIENT'],
    ['unauthorized_client blames the OAuth client', 400, 'unauthorized_client', 'INVALID_CLIENT'],
    ['unsupported_grant_type blames the OAuth client', 400, 'unsupported_grant_type', 'INVALID_CLIENT'],
    ['invalid_scope tells of missing scopes', 400, 'invalid_scope', 'INSUFFICIENT_SCOPE'],
    ['admin_policy_enforced names the administrator', 400, 'admin_policy_enforced', 'ADMIN_BLOCKED'],
    ['policy_enforced names the administrator', 400, 'policy_enforced', 'ADMIN_BLOCKED'],
    ['org_internal names the administrator', 400, 'org_internal', 'ADMIN_BLOCKED'],
    ['invalid_request blames the request', 400, 'invalid_request', 'INVALID_REQUEST'],
  ])('%s', (_title, status, error, errorCode) => {
    expect(classifyTokenResponse(answer(status, { error, error_description: 'free text' }))).toEqual({
      status: 'rejected',
      path: 'direct',
      errorCode,
      reason: error,
    });
  });

  it('gives session control as the reason of an invalid_grant that stems from it', () => {
    const body = { error: 'invalid_grant', error_subtype: 'invalid_rapt' };
    expect(classifyTokenResponse(answer(400, body))).toMatchObject({
      errorCode: 'INVALID_REFRESH_TOKEN',
      reason: 'invalid_rapt',
    });
  });

  it.each([['something else'], [7]])('does not repeat an unknown subtype (%p)', (error_subtype) => {
    const body = { error: 'invalid_grant', error_subtype };
    expect(classifyTokenResponse(answer(400, body))).toMatchObject({
      status: 'rejected',
      reason: 'invalid_grant',
    });
  });
});

describe('classifyTokenResponse, no verdict', () => {
  const invalidGrant = { error: 'invalid_grant' };

  it.each([
    ['429', answer(429, {}), 'http_429'],
    ['500', answer(500, 'oops', html), 'http_500'],
    ['503', answer(503, {}), 'http_503'],
    ['403 with HTML', answer(403, '<html>automated queries</html>', html), 'http_403'],
    ['302 to a page', answer(302, '', html), 'http_302'],
    ['201', answer(201, usable), 'http_201'],
    ['invalid_grant in a 500', answer(500, invalidGrant), 'http_500'],
    ['invalid_grant in a 429', answer(429, invalidGrant), 'http_429'],
    ['invalid_grant in a 403', answer(403, invalidGrant), 'http_403'],
    ['400 with HTML', answer(400, '<html></html>', html), 'malformed_response'],
    ['invalid_grant dressed as HTML', answer(400, invalidGrant, html), 'malformed_response'],
    ['400 with a body that broke off', answer(400, null), 'malformed_response'],
    ['400 whose error is no string', answer(400, { error: {} }), 'malformed_response'],
    ['a DPoP nonce', answer(400, { error: 'use_dpop_nonce' }), 'use_dpop_nonce'],
    ['temporarily_unavailable', answer(400, { error: 'temporarily_unavailable' }), 'temporarily_unavailable'],
    ['server_error', answer(400, { error: 'server_error' }), 'server_error'],
    ['internal_failure', answer(400, { error: 'internal_failure' }), 'internal_failure'],
    ['access_denied', answer(400, { error: 'access_denied' }), 'access_denied'],
  ])('takes %s for an outage', (_title, given, reason) => {
    expect(classifyTokenResponse(given)).toEqual({
      status: 'unavailable',
      path: 'direct',
      errorCode: 'SERVICE_UNAVAILABLE',
      reason,
      retryAfterSeconds: null,
      provablyNotSent: false,
    });
  });

  it('decides nothing on a wrong redirect URI', () => {
    expect(classifyTokenResponse(answer(400, { error: 'redirect_uri_mismatch' }))).toMatchObject({
      status: 'unavailable',
      errorCode: 'UNKNOWN_ERROR',
      reason: 'redirect_uri_mismatch',
    });
  });

  it.each([
    ['a code of tomorrow, which it names', 'user_suspended.v2', 'user_suspended.v2'],
    ['the name of an object member', 'constructor', 'constructor'],
    ['free text, which it does not repeat', 'free text', 'unknown_error_code'],
    ['what is too long for a code', 'a'.repeat(65), 'unknown_error_code'],
    ['an empty code', '', 'unknown_error_code'],
  ])('asks to come again, and the operator to look, on %s', (_title, error, reason) => {
    expect(classifyTokenResponse(answer(400, { error }))).toMatchObject({
      status: 'unavailable',
      errorCode: 'SERVICE_UNAVAILABLE',
      isUnlisted: true,
      reason,
    });
  });

  it('passes Retry-After on', () => {
    expect(classifyTokenResponse(answer(429, '', { 'retry-after': '17' }))).toMatchObject({
      retryAfterSeconds: 17,
    });
  });
});

describe('classifyTokenResponse, tokens', () => {
  const granted = (body: object) => classifyTokenResponse(answer(200, { ...usable, ...body }));

  it('reads a refresh response that keeps the old refresh token', () => {
    expect(granted({})).toEqual({
      status: 'granted',
      tokens: {
        accessToken: 'ya29.token',
        tokenType: 'Bearer',
        expiresInSeconds: 3599,
        scopes: ['openid', 'email'],
        refreshToken: null,
        refreshTokenExpiresInSeconds: null,
      },
    });
  });

  it.each([
    ['reads a new refresh token', { refresh_token: '1//new' }, { refreshToken: '1//new' }],
    [
      'reads how long the refresh token lives',
      { refresh_token_expires_in: 604_799 },
      { refreshTokenExpiresInSeconds: 604_799 },
    ],
    [
      'leaves out a refresh token life it cannot read',
      { refresh_token_expires_in: 'long' },
      { refreshTokenExpiresInSeconds: null },
    ],
    ['takes bearer in any case', { token_type: 'bEARER' }, { tokenType: 'Bearer' }],
    ['does not guess scopes that are not told', { scope: undefined }, { scopes: null }],
    ['rounds a life down', { expires_in: 3599.9 }, { expiresInSeconds: 3599 }],
    ['trusts no life beyond a year', { expires_in: 1e12 }, { expiresInSeconds: 31_536_000 }],
    ['hands an id_token on unread', { id_token: 'not.a.jwt' }, { idToken: 'not.a.jwt' }],
    [
      'leaves out an id_token it cannot read',
      { id_token: 7 },
      { accessToken: 'ya29.token', idToken: undefined },
    ],
  ])('%s', (_title, body, tokens) => {
    expect(granted(body)).toMatchObject({ status: 'granted', tokens });
  });

  it('reads tokens that come without a content type', () => {
    expect(classifyTokenResponse(answer(200, usable, {}))).toMatchObject({ status: 'granted' });
  });

  it.each([
    ['no access token', { access_token: undefined }],
    ['an empty access token', { access_token: '' }],
    ['an access token that is no string', { access_token: 1 }],
    ['an access token that would break a header', { access_token: 'a\r\nb' }],
    ['no token type', { token_type: undefined }],
    ['another token type', { token_type: 'DPoP' }],
    ['no life', { expires_in: undefined }],
    ['a life of zero', { expires_in: 0 }],
    ['a life below a second', { expires_in: 0.5 }],
    ['a negative life', { expires_in: -1 }],
    ['a life as a string', { expires_in: '3599' }],
    ['a null refresh token', { refresh_token: null }],
    ['an empty refresh token', { refresh_token: '' }],
    ['a refresh token that is no string', { refresh_token: ['1//new'] }],
    ['scopes that are no string', { scope: ['openid'] }],
    ['blank scopes', { scope: ' ' }],
  ])('takes a 200 with %s for malformed', (_title, body) => {
    expect(granted(body)).toMatchObject({ status: 'unavailable', reason: 'malformed_response' });
  });

  it.each([
    ['without a life', { expires_in: undefined }, { expiresInSeconds: 600 }],
    ['with a life of null', { expires_in: null }, { expiresInSeconds: 600 }],
    ['with a life as text', { expires_in: '3599' }, { expiresInSeconds: 3599 }],
    ['with a life of zero', { expires_in: 0 }, { expiresInSeconds: 600 }],
    ['with a negative life', { expires_in: -1 }, { expiresInSeconds: 600 }],
    ['with a life that is no number', { expires_in: 'soon' }, { expiresInSeconds: 600 }],
    ['without a token type', { token_type: undefined }, { tokenType: 'Bearer' }],
    ['with another token type', { token_type: 'DPoP' }, { tokenType: 'Bearer' }],
    ['with scopes that are no string', { scope: ['openid'] }, { scopes: null }],
    ['with blank scopes', { scope: ' ' }, { scopes: null }],
    ['with a refresh token of odd characters', { refresh_token: '1//ä b' }, { refreshToken: '1//ä b' }],
  ])('keeps a new refresh token that comes %s: it may be the only live one', (_title, body, tokens) => {
    expect(granted({ refresh_token: '1//new', ...body })).toMatchObject({
      status: 'granted',
      tokens: { accessToken: 'ya29.token', refreshToken: '1//new', ...tokens },
    });
  });

  it('keeps a new refresh token in JSON that claims to be a page', () => {
    const rotated = { ...usable, refresh_token: '1//new' };
    expect(classifyTokenResponse(answer(200, rotated, html))).toMatchObject({ status: 'granted' });
    expect(classifyTokenResponse(answer(200, usable, html))).toMatchObject({ reason: 'malformed_response' });
  });

  it('stores nothing without an access token that fits a header, a new refresh token or not', () => {
    for (const access_token of [undefined, '', 7, 'a\r\nb'])
      expect(granted({ access_token, refresh_token: '1//new' })).toMatchObject({ status: 'unavailable' });
  });

  it.each([
    ['an empty body', ''],
    ['a truncated body', JSON.stringify(usable).slice(0, -1)],
    ['a body that broke off', null],
    ['an HTML body', '<html></html>'],
    ['an array', '[]'],
    ['null', 'null'],
    ['an infinite life', '{"access_token":"a","token_type":"Bearer","expires_in":1e999}'],
    ['an error', '{"error":"invalid_grant"}'],
  ])('takes a 200 with %s for malformed', (_title, body) => {
    expect(classifyTokenResponse(answer(200, body))).toMatchObject({
      status: 'unavailable',
      errorCode: 'SERVICE_UNAVAILABLE',
      reason: 'malformed_response',
    });
  });
});

describe('classifyTokenResponse, anything', () => {
  const allowListed = [
    'invalid_grant',
    'invalid_client',
    'deleted_client',
    'disabled_client',
    'unauthorized_client',
    'unsupported_grant_type',
    'invalid_scope',
    'admin_policy_enforced',
    'policy_enforced',
    'org_internal',
    'invalid_request',
  ];
  const mangled = <T>(good: fc.Arbitrary<T>) => fc.option(fc.oneof(good, fc.jsonValue()), { nil: undefined });
  const body = fc.oneof(
    fc.constant(null),
    fc.string(),
    fc.json(),
    fc
      .record({
        access_token: mangled(fc.constant('ya29.token')),
        token_type: mangled(fc.constant('Bearer')),
        expires_in: mangled(fc.oneof(fc.integer(), fc.double())),
        refresh_token: mangled(fc.string()),
        scope: mangled(fc.string()),
        error: mangled(fc.constantFrom(...allowListed)),
        error_subtype: mangled(fc.constant('invalid_rapt')),
      })
      .map((fields) => JSON.stringify(fields)),
  );
  const headers = fc.record(
    {
      'content-type': fc.oneof(
        fc.string({ unit: 'grapheme-ascii' }),
        fc.constantFrom(json['content-type'], html['content-type']),
      ),
      'retry-after': fc.string({ unit: 'grapheme-ascii' }),
    },
    { requiredKeys: [] },
  );
  const status = fc.oneof(fc.constantFrom(200, 400, 401), fc.integer({ min: 100, max: 999 }));

  it('never throws, never grants an unusable token, never rejects without an allow-listed code in a 400 or 401', () => {
    fc.assert(
      fc.property(status, headers, body, (httpStatus, sent, text) => {
        const outcome = classifyTokenResponse(answer(httpStatus, text, sent));
        if (outcome.status === 'granted') {
          const { accessToken, refreshToken, scopes, expiresInSeconds } = outcome.tokens;
          const told = JSON.parse(text!) as Record<string, unknown>;
          expect(httpStatus).toBe(200);
          expect(accessToken).toBe(told.access_token);
          expect(accessToken).not.toBe('');
          expect(refreshToken ?? undefined).toBe(told.refresh_token);
          expect(refreshToken).not.toBe('');
          expect(scopes).not.toEqual([]);
          expect(Number.isSafeInteger(expiresInSeconds) && expiresInSeconds > 0).toBe(true);
        } else if (outcome.status === 'rejected') {
          expect([400, 401]).toContain(httpStatus);
          expect(allowListed).toContain((JSON.parse(text!) as { error: unknown }).error);
        } else {
          expect(outcome.reason).toMatch(/^[a-z0-9_.]+$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
