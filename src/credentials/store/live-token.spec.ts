import { describe, expect, it } from '@jest/globals';
import { isFresh, liveToken, outlives } from './live-token.js';

const nowMs = 1_000_000;
function token(remainingSeconds: number, refreshedSecondsAgo: number | null = 600) {
  return liveToken(nowMs, {
    accessToken: 'a',
    scopes: [],
    tokenExpiresAt: new Date(0),
    remainingSeconds,
    refreshedSecondsAgo,
    asOf: {},
  });
}

describe('a token in memory', () => {
  it('is fresh while its life exceeds what is needed', () => {
    expect(isFresh(token(301), nowMs, 300)).toBe(true);
    expect(isFresh(token(300), nowMs, 300)).toBe(false);
  });

  it('ages with the monotonic clock', () => {
    expect(isFresh(token(301), nowMs + 2_000, 300)).toBe(false);
    expect(outlives(token(301), nowMs + 2_000, 298)).toBe(true);
    expect(outlives(token(301), nowMs + 301_000, 0)).toBe(false);
  });

  it('is fresh when just refreshed, however short its life: asking again would bring no better one', () => {
    expect(isFresh(token(20, 5), nowMs, 300)).toBe(true);
    expect(isFresh(token(20, 31), nowMs, 300)).toBe(false);
    expect(isFresh(token(0, 5), nowMs, 300)).toBe(false);
  });

  it('is not taken for just refreshed when it is unknown when it was', () => {
    expect(isFresh(token(20, null), nowMs, 300)).toBe(false);
  });

  it('keeps the expiry that the database told', () => {
    expect(token(5).expiresAt).toEqual(new Date(0));
  });
});
