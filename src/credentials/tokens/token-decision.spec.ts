import { describe, expect, it } from '@jest/globals';
import { EvergrantError } from '../../errors/index.js';
import { failed } from '../refresh/refresh-result.js';
import { liveToken } from '../store/live-token.js';
import {
  forcedDecision,
  resultDecision,
  servesFromMemory,
  tokenDecision,
  type ReadCredential,
} from './token-decision.js';

const nowMs = 1_000_000;
const need = { minTtlSeconds: 60, expiryBufferSeconds: 300 };
/** A caller whose token `t` was rejected by Gmail. */
const rejectedT = { ...need, rejectedToken: 't' };

function token(remainingSeconds: number, accessToken = 't', refreshedSecondsAgo = 600) {
  return liveToken(nowMs, {
    ...{ accessToken, remainingSeconds, refreshedSecondsAgo },
    ...{ scopes: [], tokenExpiresAt: null, asOf: {} },
  });
}

type Snapshot = ReadCredential['snapshot'];

const healthy: Snapshot = {
  ...{ verdict: 'active', verdictSecondsAgo: null, held: false },
  ...{ errorCode: null, errorReason: null, consecutiveFailures: 0, failedSecondsAgo: null },
};
const failedNow: Snapshot = {
  ...healthy,
  ...{ errorCode: 'NETWORK_ERROR', errorReason: 'timeout', consecutiveFailures: 5, failedSecondsAgo: 0 },
};
const failedLately: Snapshot = { ...failedNow, consecutiveFailures: 2, failedSecondsAgo: 1 };
function suspect(verdictSecondsAgo: number): Snapshot {
  return {
    ...{ ...healthy, verdict: 'suspect', verdictSecondsAgo },
    ...{ errorCode: 'INVALID_REFRESH_TOKEN', errorReason: 'invalid_grant' },
  };
}

function held(verdictSecondsAgo: number): Snapshot {
  return { ...suspect(verdictSecondsAgo), held: true };
}

const dead: Snapshot = { ...suspect(0), verdict: 'failed' };

function credential(snapshot: Snapshot, secondsLeft: number | null): ReadCredential {
  return {
    snapshot,
    token: secondsLeft === null ? null : token(secondsLeft),
  };
}

/** A decision in one line: what is done, and why. */
function told(decision: { do: string; trigger?: string; isFresh?: boolean; error?: EvergrantError }): string {
  const { error, trigger, isFresh } = decision;
  const why = error
    ? [error.code, error.reason]
    : [trigger, isFresh === false ? 'not for memory' : undefined];
  return [decision.do, ...why].filter((part) => part !== undefined).join(' ');
}

describe('a caller that memory could not serve', () => {
  it.each([
    ['gets a fresh token', healthy, 301, need, 'serve'],
    [
      'gets one inside the buffer at once, and it is refreshed behind',
      healthy,
      300,
      need,
      'serve-and-refresh-behind',
    ],
    [
      'gets one inside the buffer as it is, shortly after a failure',
      failedLately,
      300,
      need,
      'serve not for memory',
    ],
    ['waits for a refresh of one that lives too short', healthy, 60, need, 'refresh expiry'],
    ['waits for a refresh when there is no token', healthy, null, need, 'refresh expiry'],
    ['waits for a refresh when its token was rejected', healthy, 3_000, rejectedT, 'refresh rejected_token'],
    [
      'gets another token than the rejected one',
      healthy,
      3_000,
      { ...need, rejectedToken: 'older' },
      'serve',
    ],
    [
      'gets a stale one while refreshes pause after failures',
      failedNow,
      60,
      need,
      'serve-stale NETWORK_ERROR timeout',
    ],
    [
      'hears of the failure while refreshes pause and no token has life left',
      failedNow,
      0,
      need,
      'decline NETWORK_ERROR timeout',
    ],
    [
      'hears of the failure rather than get the rejected token',
      failedNow,
      60,
      rejectedT,
      'decline NETWORK_ERROR timeout',
    ],
  ] as const)('%s', (_promise, snapshot, secondsLeft, asked, expected) => {
    expect(told(tokenDecision(credential(snapshot, secondsLeft), asked, nowMs))).toBe(expected);
  });
});

describe('a caller of a grant that the provider called dead', () => {
  const signIn = 'decline INVALID_REFRESH_TOKEN invalid_grant';
  it.each([
    ['is asked to sign in within a minute of that, living token or not', suspect(59), 3_000, need, signIn],
    ['waits for the confirmation after a minute', suspect(60), 3_000, need, 'refresh expiry'],
    [
      'gets a stale token while the verdict is held',
      held(59),
      3_000,
      need,
      'serve-stale SERVICE_UNAVAILABLE verdict_held',
    ],
    [
      'is told to wait while the verdict is held and no token lives',
      held(59),
      null,
      need,
      'decline SERVICE_UNAVAILABLE verdict_held',
    ],
    [
      'never gets the rejected token, held or not',
      held(59),
      3_000,
      rejectedT,
      'decline SERVICE_UNAVAILABLE verdict_held',
    ],
    ['waits for the confirmation of a held verdict, too', held(60), 3_000, need, 'refresh expiry'],
    ['is asked to sign in once the grant has failed', dead, null, need, signIn],
  ] as const)('%s', (_promise, snapshot, secondsLeft, asked, expected) => {
    expect(told(tokenDecision(credential(snapshot, secondsLeft), asked, nowMs))).toBe(expected);
  });

  it('may fall back on its token only while the verdict is held', () => {
    const fallback = { accessToken: 't' };
    expect(tokenDecision(credential(held(60), 30), need, nowMs)).toMatchObject({ do: 'refresh', fallback });
    expect(tokenDecision(credential(suspect(60), 30), need, nowMs)).toMatchObject({
      do: 'refresh',
      fallback: null,
    });
  });
});

describe('a forced refresh', () => {
  it.each([
    ['asks the provider though the token is fresh', healthy, 3_000, 'refresh forced'],
    ['asks the provider though refreshes pause', failedNow, 3_000, 'refresh forced'],
    ['asks the provider for a suspect', suspect(1), 3_000, 'refresh forced'],
    [
      'has nothing to ask for once the grant has failed',
      dead,
      null,
      'decline INVALID_REFRESH_TOKEN invalid_grant',
    ],
  ] as const)('%s', (_promise, snapshot, secondsLeft, expected) => {
    expect(told(forcedDecision(credential(snapshot, secondsLeft)))).toBe(expected);
  });
});

describe('a token in memory', () => {
  it.each([
    ['is served while it is fresh', 301, need, true],
    ['is not served inside the buffer: it is to be refreshed', 300, need, false],
    ['is not served to a caller that needs more', 301, { ...need, minTtlSeconds: 3_000 }, false],
    ['is not served once it was rejected', 3_000, rejectedT, false],
  ])('%s', (_promise, secondsLeft, asked, expected) => {
    expect(servesFromMemory(token(secondsLeft), asked, nowMs)).toBe(expected);
  });
});

describe('a caller that waited for a refresh', () => {
  const away = failed(new EvergrantError('NETWORK_ERROR', { reason: 'timeout' }));
  const ended = failed(new EvergrantError('INVALID_REFRESH_TOKEN', { reason: 'invalid_grant' }));
  const refreshed = { status: 'refreshed', token: token(3_600, 'new'), source: 'direct' } as const;
  const repeated = { ...refreshed, token: token(3_600) };
  it.each([
    ['gets the new token', refreshed, 30, undefined, 'serve'],
    [
      'gets a stale one when the provider could not be asked',
      away,
      30,
      undefined,
      'serve-stale NETWORK_ERROR timeout',
    ],
    ['hears of the failure when no token has life left', away, 0, undefined, 'decline NETWORK_ERROR timeout'],
    [
      'is asked to sign in when the provider ended the grant, living token or not',
      ended,
      3_000,
      undefined,
      'decline INVALID_REFRESH_TOKEN invalid_grant',
    ],
    [
      'does not get the rejected token again, though the provider gives it',
      repeated,
      null,
      't',
      'decline SERVICE_UNAVAILABLE rejected_token_repeated',
    ],
  ] as const)('%s', (_promise, result, secondsLeft, rejectedToken, expected) => {
    const fallback = secondsLeft === null ? null : token(secondsLeft);
    expect(told(resultDecision(result, { fallback, rejectedToken }, nowMs))).toBe(expected);
  });
});
