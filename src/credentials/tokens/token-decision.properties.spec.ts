import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { errorTable, EvergrantError, type ErrorCode } from '../../errors/index.js';
import { failed } from '../refresh/refresh-result.js';
import { liveToken, type LiveToken } from '../store/live-token.js';
import {
  resultDecision,
  tokenDecision,
  type ReadCredential,
  type TokenDecision,
  type TokenNeed,
} from './token-decision.js';

const nowMs = 1_000_000;

function token(remainingSeconds: number, accessToken: string, refreshedSecondsAgo: number) {
  return liveToken(nowMs, {
    ...{ accessToken, remainingSeconds, refreshedSecondsAgo },
    ...{ scopes: [], tokenExpiresAt: null, asOf: {} },
  });
}

describe('whatever is known of a credential', () => {
  const seconds = fc.option(fc.double({ min: 0, max: 7_200, noNaN: true }));
  const codes = Object.keys(errorTable) as ErrorCode[];
  const transient = codes.filter((code) => !errorTable[code].requiresReauth);
  const condition = fc.oneof(
    fc.record({
      verdict: fc.constant('active' as const),
      held: fc.constant(false),
      errorCode: fc.constantFrom(null, ...codes),
    }),
    fc.record({
      verdict: fc.constant('suspect' as const),
      held: fc.boolean(),
      errorCode: fc.constant('INVALID_REFRESH_TOKEN' as const),
    }),
    fc.constant({ verdict: 'failed' as const, held: false, errorCode: 'INVALID_REFRESH_TOKEN' as const }),
  );
  const history = fc.record({
    verdictSecondsAgo: seconds,
    consecutiveFailures: fc.nat(20),
    failedSecondsAgo: seconds,
  });
  const tokens = fc.option(
    fc
      .tuple(fc.double({ min: -100, max: 3_600, noNaN: true }), fc.constantFrom('t', 'other'), fc.nat(100))
      .map(([secondsLeft, accessToken, age]) => token(secondsLeft, accessToken, age)),
  );
  const needs = fc.record({
    minTtlSeconds: fc.nat(3_600),
    expiryBufferSeconds: fc.nat(3_600),
    rejectedToken: fc.constantFrom('t', undefined),
  });
  const credentials = fc
    .tuple(condition, history, tokens)
    .map(([known, before, kept]) => ({ snapshot: { ...known, ...before, errorReason: null }, token: kept }));

  interface Case {
    read: ReadCredential;
    asked: TokenNeed;
    decision: TokenDecision;
  }
  const anyCase = (check: (any: Case) => void) =>
    fc.assert(
      fc.property(credentials, needs, (read, asked) =>
        check({ read, asked, decision: tokenDecision(read, asked, nowMs) }),
      ),
      { numRuns: 1_000 },
    );

  /** The token that is handed out, or kept to be handed out if the refresh fails. */
  function tokenOf(decision: TokenDecision): LiveToken | null {
    if (decision.do === 'decline') return null;
    return decision.do === 'refresh' ? decision.fallback : decision.token;
  }

  it('the rejected token is never served, nor kept to fall back on', () =>
    anyCase(({ asked, decision }) => {
      fc.pre(asked.rejectedToken === 't');
      expect(tokenOf(decision)?.accessToken).not.toBe('t');
    }));

  it('a token without life left is never served', () =>
    anyCase(({ decision }) => {
      fc.pre(decision.do !== 'refresh' && decision.do !== 'decline');
      expect(tokenOf(decision)!.expiresAtMs).toBeGreaterThan(nowMs);
    }));

  it('sign-in is asked for only by the provider’s own word, and not while that is in doubt', () =>
    anyCase(({ read: { snapshot }, decision }) => {
      fc.pre(decision.do === 'decline' && decision.error.requiresReauth);
      expect(snapshot.held).toBe(false);
      const { verdict, errorCode } = snapshot;
      expect(verdict !== 'active' || errorTable[errorCode!].requiresReauth).toBe(true);
    }));

  it('a grant that was called dead is served as stale at most, and only while that is in doubt', () =>
    anyCase(({ read: { snapshot }, decision }) => {
      fc.pre(snapshot.verdict !== 'active');
      expect(['serve', 'serve-and-refresh-behind']).not.toContain(decision.do);
      if (!snapshot.held) expect(tokenOf(decision)).toBeNull();
    }));

  it('a failed refresh ends in sign-in only if the provider asked for it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...transient), tokens, (code, fallback) => {
        const decision = resultDecision(failed(new EvergrantError(code)), { fallback }, nowMs);
        const lives = fallback !== null && fallback.expiresAtMs > nowMs;
        expect(decision).toMatchObject({
          do: lives ? 'serve-stale' : 'decline',
          error: { requiresReauth: false },
        });
      }),
    );
  });
});
