import { describe, expect, it } from '@jest/globals';
import type { Refreshed, Rejected, Unavailable } from '../../oauth/index.js';
import { refreshTriggers } from '../store/refresh-trigger.js';
import { recallDecision, type RecallDecision, type Recalled } from './recall-decision.js';

const refreshed: Refreshed = {
  ...{ status: 'refreshed', path: 'oauth-service' },
  tokens: {
    ...{ accessToken: 'a', tokenType: 'Bearer', expiresInSeconds: 3600, scopes: null },
    ...{ refreshToken: 'r', refreshTokenExpiresInSeconds: null },
  },
};
const rejected: Rejected = {
  ...{ status: 'rejected', path: 'direct' },
  ...{ errorCode: 'INVALID_REFRESH_TOKEN', reason: 'invalid_grant' },
};
const unanswered: Unavailable = {
  ...{ status: 'unavailable', path: 'direct', errorCode: 'NETWORK_ERROR', reason: 'timeout' },
  ...{ retryAfterSeconds: null, provablyNotSent: false },
};
const neverSent: Unavailable = { ...unanswered, reason: 'provider_breaker_open', provablyNotSent: true };
function settled(outcome: Refreshed | Rejected | Unavailable): Recalled {
  return { status: 'settled', outcome };
}

const pending: Recalled = { status: 'pending' };
const unknown: Recalled = { status: 'unknown' };
const unavailable: Recalled = { status: 'unavailable' };

/** A decision in one line. */
function told(decision: RecallDecision): string {
  if (decision.do === 'present') return `present as ${decision.under}`;
  const { outcome } = decision;
  if (decision.do === 'leave-open') return `leave open: ${decision.outcome.reason}`;
  return outcome.status === 'unavailable' && outcome.provablyNotSent
    ? 'settle never sent'
    : `settle ${outcome.status}`;
}

const singleUse = { trigger: 'expiry', singleUse: true } as const;
const reusable = { trigger: 'expiry', singleUse: false } as const;
const forced = { trigger: 'forced', singleUse: true } as const;

describe('an attempt that an earlier holder left open', () => {
  it.each([
    ['is settled by its answer', settled(refreshed), singleUse, 'settle refreshed'],
    ['is settled by a verdict', settled(rejected), singleUse, 'settle rejected'],
    ['is settled by a failure', settled(unanswered), singleUse, 'settle unavailable'],
    [
      'may have been presented past the OAuth service that did not send it',
      settled(neverSent),
      singleUse,
      'settle unavailable',
    ],
    ['was not sent, if the token is none the worse', settled(neverSent), reusable, 'settle never sent'],
    ['stays open while it runs', pending, singleUse, 'leave open: attempt_pending'],
    [
      'stays open while it runs, though the token could be presented again',
      pending,
      reusable,
      'leave open: attempt_pending',
    ],
    [
      'stays open while the OAuth service cannot be asked',
      unavailable,
      singleUse,
      'leave open: attempt_unavailable',
    ],
    [
      'stays open once its outcome is lost, if it may have spent the token',
      unknown,
      singleUse,
      'leave open: outcome_unknown',
    ],
    [
      'is made again once its outcome is lost, if the token is none the worse',
      unknown,
      reusable,
      'present as same-attempt',
    ],
    [
      'is made again where its outcome cannot be asked for, if the token is none the worse',
      unavailable,
      reusable,
      'present as same-attempt',
    ],
  ] as const)('%s', (_promise, recalled, circumstances, expected) => {
    expect(told(recallDecision(recalled, circumstances))).toBe(expected);
  });
});

describe('a person who forces a refresh over an open attempt', () => {
  it.each([
    ['gets its answer', settled(refreshed), 'settle refreshed'],
    ['waits while it runs', pending, 'leave open: attempt_pending'],
    ['waits while the OAuth service cannot be asked', unavailable, 'leave open: attempt_unavailable'],
    ['has another attempt made once its outcome is lost', unknown, 'present as another-attempt'],
    ['has another attempt made when it went unanswered', settled(unanswered), 'present as another-attempt'],
  ] as const)('%s', (_promise, recalled, expected) => {
    expect(told(recallDecision(recalled, forced))).toBe(expected);
  });
});

it.each(refreshTriggers.filter((trigger) => trigger !== 'forced'))(
  'a single-use token whose outcome is unknown is not presented again by "%s"',
  (trigger) => {
    for (const recalled of [pending, unknown, unavailable, settled(unanswered)])
      expect(recallDecision(recalled, { trigger, singleUse: true }).do).not.toBe('present');
  },
);
