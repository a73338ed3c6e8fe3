import { describe, expect, it } from '@jest/globals';
import { fateOf, heldFor, lastIssued, presentedInVain, type TokenRequest } from './audit.js';
import type { Death } from './stage.js';

const noonMs = Date.parse('2026-01-01T12:00:00.000Z');
function at(ms: number): string {
  return new Date(noonMs + ms).toISOString();
}

function request(changes: Partial<TokenRequest> = {}): TokenRequest {
  return {
    sequence: 1,
    at: at(-100),
    grantType: 'refresh_token',
    clientId: 'client',
    account: 'a@sandbox.test',
    grantId: 'grant',
    presentedRefreshToken: 'one',
    returnedRefreshToken: 'two',
    outcome: 'issued',
    fault: null,
    deliveredAt: at(0),
    query: 'caller=oauth-1.2',
    ...changes,
  };
}

function death(afterMs: number, changes: Partial<Death> = {}): Death {
  return {
    caller: 'oauth-1.2',
    atMs: noonMs + afterMs,
    cutOffSinceMs: null,
    ...changes,
  };
}

describe('the fate of an answer of the provider', () => {
  it.each([
    ['never went out', request({ deliveredAt: null }), [], 'reached-none'],
    ['went to one who was gone', request(), [death(-5)], 'reached-none'],
    ['went to one who died at once', request(), [death(40)], 'died-with-its-holder'],
    ['went to one who lived on for a while', request(), [death(5_000)], 'reached-a-survivor'],
    ['went to one who never died', request(), [], 'reached-a-survivor'],
    [
      'went to one who died in an earlier life',
      request(),
      [death(40, { caller: 'oauth-1.1' })],
      'reached-a-survivor',
    ],
    [
      'went to one who could not reach the database until it died',
      request(),
      [death(5_000, { cutOffSinceMs: noonMs - 1 })],
      'died-with-its-holder',
    ],
    [
      'went to one who could reach the database for a while',
      request(),
      [death(5_000, { cutOffSinceMs: noonMs + 2_000 })],
      'reached-a-survivor',
    ],
  ] as const)('that %s', (_what, answer, deaths, fate) => {
    expect(fateOf(answer, deaths)).toBe(fate);
  });

  it('tells for how long its receiver lived on', () => {
    expect(heldFor(request(), [death(40)])).toBe(40);
    expect(heldFor(request(), [])).toBe(Infinity);
    expect(heldFor(request({ deliveredAt: null }), [death(40)])).toBeNull();
  });
});

describe('the ledger', () => {
  const ledger = [
    request({ sequence: 1 }),
    request({ sequence: 2 }),
    request({ sequence: 3, grantId: 'another' }),
    request({ sequence: 4, outcome: 'not-processed' }),
    request({ sequence: 5, outcome: 'invalid_grant' }),
    request({ sequence: 6, outcome: 'invalid_grant', grantType: 'authorization_code' }),
  ];

  it('tells the last answer that a grant was given', () => {
    expect(lastIssued(ledger, 'grant')?.sequence).toBe(2);
  });

  it('tells which refresh tokens were presented in vain', () => {
    expect(presentedInVain(ledger).map(({ sequence }) => sequence)).toEqual([5]);
  });
});
