import { describe, expect, it } from '@jest/globals';
import type { HttpAnswer } from '../../http/http-answer.js';
import { classifyAuthorizationResponse } from './classify-authorization-response.js';

const authUrl = 'https://accounts.google.com/o/oauth2/v2/auth';

function answer(httpStatus: number, headers: Record<string, string> = {}, body = ''): HttpAnswer {
  return { status: 'answered', httpStatus, headers: new Headers(headers), body };
}

function verdict(given: HttpAnswer): string {
  const probe = classifyAuthorizationResponse(given, authUrl);
  return probe.status === 'refused' ? `refused: ${probe.code}` : probe.status;
}

/** As Google writes it: field 1 is the code, field 2 a text for people. */
function authError(code: string): string {
  const text = 'You can’t sign in to this app';
  const bytes = [0x0a, code.length, ...Buffer.from(code), 0x12, text.length, ...Buffer.from(text)];
  return Buffer.from(bytes).toString('base64url');
}

describe('what the authorization endpoint answers to a request without cookies', () => {
  it.each([
    // Sign-in pages of some years.
    ['accepted', 'https://accounts.google.com/v3/signin/identifier?continue=x&client_id=1'],
    ['accepted', 'https://accounts.google.com/signin/oauth/identifier?client_id=1'],
    ['accepted', 'https://accounts.google.com/ServiceLogin?passive=1209600'],
    ['accepted', '/v3/signin/identifier?opparams=x'],
    // The first bytes of a real one.
    [
      'refused: redirect_uri_mismatch',
      'https://accounts.google.com/signin/oauth/error/v2?authError=ChVyZWRpcmVjdF91cmlfbWlzbWF0Y2gSsAEKWW91IGNhbid0IHNpZ24gaW4',
    ],
    [
      'refused: invalid_client',
      'https://accounts.google.com/signin/oauth/error?authError=Cg5pbnZhbGlkX2NsaWVudA',
    ],
    [
      'refused: redirect_uri_mismatch',
      `https://accounts.google.com/signin/oauth/error/v2?authError=${authError('redirect_uri_mismatch')}`,
    ],
    ['refused: org_internal', `/signin/oauth/error?authError=${authError('org_internal')}`],
    ['unclear', 'https://accounts.google.com/signin/oauth/error?authError=%00'],
    ['unclear', `/signin/oauth/error?authError=${authError('Some text')}`],
    ['unclear', 'https://accounts.google.com/signin/oauth/error/v2'],
    ['unclear', 'https://accounts.google.com/somewhere/new'],
    // "Our systems have detected unusual traffic", and a proxy's own page.
    ['unclear', 'https://www.google.com/sorry/index?continue=x'],
    ['unclear', 'https://proxy.example/v3/signin/identifier'],
    ['unclear', 'http://['],
    ['unclear', ''],
  ])('%s: a redirect to %s', (expected, location) => {
    expect(verdict(answer(302, { location }))).toBe(expected);
  });

  it.each([
    ['accepted', 200, '<form>'],
    ['refused: redirect_uri_mismatch', 400, '<p>Error 400: redirect_uri_mismatch</p>'],
    ['refused: invalid_client', 401, '<p>Error 401: invalid_client</p>'],
    ['unclear', 400, '<p>Something else</p>'],
    ['unclear', 403, '<p>automated queries</p>'],
    ['unclear', 429, 'redirect_uri_mismatch'],
    ['unclear', 503, 'redirect_uri_mismatch'],
  ])('%s: a page with %i', (expected, status, body) => {
    expect(verdict(answer(status, {}, body))).toBe(expected);
  });

  it.each([
    ['Sun, 29 Nov 2026 10:00:00 GMT', Date.UTC(2026, 10, 29, 10)],
    ['yesterday', null],
    [undefined, null],
  ])('tells the time of the header %s', (date, serverTimeMs) => {
    const headers: Record<string, string> = date === undefined ? {} : { date };
    expect(classifyAuthorizationResponse(answer(200, headers), authUrl)).toMatchObject({ serverTimeMs });
  });
});
