import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Refreshed, RefreshOutcome, Rejected, Unavailable } from '../../oauth/index.js';
import {
  settlementOf,
  settlementOfVerdict,
  unconfirmed,
  type Circumstances,
  type DeadGrant,
  type Settlement,
} from './settlement-decision.js';

const refreshed: Refreshed = {
  ...{ status: 'refreshed', path: 'oauth-service' },
  tokens: {
    ...{ accessToken: 'a', tokenType: 'Bearer', expiresInSeconds: 3600, scopes: null },
    ...{ refreshToken: 'r', refreshTokenExpiresInSeconds: null },
  },
};
const dead: DeadGrant = {
  ...{ status: 'rejected', path: 'direct' },
  ...{ errorCode: 'INVALID_REFRESH_TOKEN', reason: 'invalid_grant' },
};
const badClient: Rejected = { ...dead, errorCode: 'INVALID_CLIENT', reason: 'invalid_client' };
const timedOut: Unavailable = {
  ...{ status: 'unavailable', path: 'direct', errorCode: 'NETWORK_ERROR', reason: 'timeout' },
  ...{ retryAfterSeconds: null, provablyNotSent: false },
};
const refused: Unavailable = { ...timedOut, reason: 'connection_refused', provablyNotSent: true };
const busy: Unavailable = {
  ...timedOut,
  errorCode: 'SERVICE_UNAVAILABLE',
  reason: 'http_429',
  retryAfterSeconds: 90,
};
const serviceBusy = { ...busy, path: 'oauth-service', serviceFailed: 'for-now' } as const;
const superseded = { status: 'superseded' } as const;

const usual: Circumstances = {
  before: { errorReason: null, attemptSecondsAgo: 5, failedSecondsAgo: null },
  ...{ singleUse: false, resumed: false },
};
const singleUse = { ...usual, singleUse: true };
const askedAgain = { ...singleUse, resumed: true };
const toldBefore = { ...askedAgain, before: { ...usual.before, failedSecondsAgo: 2 } };
const anotherAttempt = { ...toldBefore, resumed: false };
const toldLongAgo = { ...askedAgain, before: { ...usual.before, failedSecondsAgo: 600 } };
const doubtedBefore = { ...usual, before: { ...usual.before, errorReason: unconfirmed } };

/** A settlement in one line. */
function told(settlement: Settlement | { do: 'confirm' }): string {
  if (settlement.do !== 'record') return settlement.do;
  const seconds = settlement.as === 'rejected' ? null : settlement.retryAfterSeconds;
  const gate = seconds === null ? '' : `, gate closed for ${seconds} s`;
  return `record ${settlement.as}: ${settlement.outcome.reason}${gate}`;
}

describe('the outcome of an attempt', () => {
  it.each([
    ['with tokens is stored', refreshed, usual, 'store'],
    ['that calls the grant dead is confirmed first', dead, usual, 'confirm'],
    [
      'that rejects the client says nothing of the grant',
      badClient,
      usual,
      'record rejected: invalid_client',
    ],
    ['that is no answer says nothing of the grant', timedOut, usual, 'record unavailable: timeout'],
    [
      'with a Retry-After of the provider closes the gate',
      busy,
      usual,
      'record unavailable: http_429, gate closed for 90 s',
    ],
    ['with a Retry-After of the OAuth service does not', serviceBusy, usual, 'record unavailable: http_429'],
    [
      'of a single-use token is unknown when it went out unanswered',
      timedOut,
      singleUse,
      'record unknown: timeout',
    ],
    [
      'of a single-use token is known when it never went out',
      refused,
      singleUse,
      'record unavailable: connection_refused',
    ],
    [
      'of a single-use token is known when the provider answered',
      busy,
      singleUse,
      'record unavailable: http_429, gate closed for 90 s',
    ],
    [
      'is recorded as unknown when a later holder asks first',
      timedOut,
      askedAgain,
      'record unknown: timeout',
    ],
    [
      'is recorded as unknown though the attempt before it failed',
      timedOut,
      toldLongAgo,
      'record unknown: timeout',
    ],
    ['is recorded as unknown once for an attempt', timedOut, toldBefore, 'say-again'],
    [
      'is recorded as unknown for another attempt in its place',
      timedOut,
      anotherAttempt,
      'record unknown: timeout',
    ],
  ] as const)('%s', (_promise, outcome, circumstances, expected) => {
    expect(told(settlementOf(outcome, circumstances))).toBe(expected);
  });
});

describe('the word that a grant is dead', () => {
  it.each([
    ['does not concern a row that holds another token by now', superseded, usual, 'use-newer'],
    ['is refuted by tokens', refreshed, usual, 'store'],
    ['counts when it is confirmed', dead, usual, 'condemn'],
    ['counts when another rejection confirms it', badClient, usual, 'condemn'],
    ['stands alone where there is no other path', refused, usual, 'condemn'],
    [
      'is doubted when its confirmation goes unanswered',
      timedOut,
      usual,
      'record unavailable: verdict_unconfirmed',
    ],
    ['counts when it is heard again after that', timedOut, doubtedBefore, 'condemn'],
    [
      'closes the gate when its confirmation meets a Retry-After',
      busy,
      usual,
      'record unavailable: verdict_unconfirmed, gate closed for 90 s',
    ],
  ] as const)('%s', (_promise, confirmation, circumstances, expected) => {
    expect(told(settlementOfVerdict(dead, confirmation, circumstances))).toBe(expected);
  });
});

describe('whatever the outcome', () => {
  const outcomes = fc.constantFrom<RefreshOutcome>(
    refreshed,
    dead,
    badClient,
    timedOut,
    refused,
    busy,
    serviceBusy,
  );
  const seconds = fc.option(fc.nat(1_000));
  const circumstances = fc.record({
    before: fc.record({
      errorReason: fc.constantFrom(null, 'timeout', unconfirmed),
      attemptSecondsAgo: seconds,
      failedSecondsAgo: seconds,
    }),
    singleUse: fc.boolean(),
    resumed: fc.boolean(),
  });

  it('new tokens are stored, as a first answer and as a confirmation', () => {
    fc.assert(
      fc.property(circumstances, (seen) => {
        expect(settlementOf(refreshed, seen).do).toBe('store');
        expect(settlementOfVerdict(dead, refreshed, seen).do).toBe('store');
      }),
    );
  });

  it('no grant is condemned without the provider’s word, and none by a first word alone', () => {
    fc.assert(
      fc.property(outcomes, circumstances, (outcome, seen) => {
        const { do: first } = settlementOf(outcome, seen);
        expect(first).not.toBe('condemn');
        expect(first === 'confirm').toBe(outcome === dead);
      }),
    );
  });
});
