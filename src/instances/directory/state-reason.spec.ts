import { expect, it } from '@jest/globals';
import { stateReason, type ReasonFacts } from './state-reason.js';

const dead: ReasonFacts = {
  ...{ state: 'needs_sign_in', reauthReason: 'grant_ended', errorCode: 'INVALID_REFRESH_TOKEN' },
  ...{ credentialErrorReason: 'invalid_grant', isClientAbsent: false, hasExpired: false },
};
const cases: readonly [string, Partial<ReasonFacts>, string | null][] = [
  ['the owner withdrew it, or changed the password', {}, 'revoked'],
  ['that is not confirmed yet', { reauthReason: 'refusal_unconfirmed' }, 'revoked'],
  ['Google told of it by itself', { credentialErrorReason: 'tokens_revoked' }, 'revoked'],
  ['a probe of it met an outage last', { credentialErrorReason: 'http_503' }, 'revoked'],
  ['nothing more is known', { credentialErrorReason: null }, 'revoked'],
  ['an administrator wants a new sign-in', { credentialErrorReason: 'invalid_rapt' }, 'session_control'],
  ['the same in other words', { credentialErrorReason: 'rapt_required' }, 'session_control'],
  ['the account is disabled', { credentialErrorReason: 'account_disabled' }, 'account_disabled'],
  ['the account is gone', { credentialErrorReason: 'account_purged' }, 'account_purged'],
  ['the grant had an end', { hasExpired: true }, 'grant_expired'],
  [
    'it had one, and an administrator was faster',
    { hasExpired: true, credentialErrorReason: 'invalid_rapt' },
    'session_control',
  ],
  [
    'its client is rejected',
    { reauthReason: 'client_rejected', errorCode: 'INVALID_CLIENT' },
    'client_rejected',
  ],
  ['a scope is missing', { reauthReason: 'scope_missing', errorCode: 'INSUFFICIENT_SCOPE' }, 'scope_missing'],
  ['its verdict is held', { state: 'held', reauthReason: null }, 'verdict_held'],
  [
    'Google does not answer',
    { state: 'degraded', reauthReason: null, errorCode: 'SERVICE_UNAVAILABLE' },
    'SERVICE_UNAVAILABLE',
  ],
  [
    'an administrator forbids it',
    { state: 'blocked', reauthReason: null, errorCode: 'ADMIN_BLOCKED' },
    'ADMIN_BLOCKED',
  ],
  [
    "the deployment's client is rejected",
    { state: 'blocked', reauthReason: null, errorCode: 'DEPLOYMENT_CLIENT_REJECTED' },
    'DEPLOYMENT_CLIENT_REJECTED',
  ],
  [
    'that client is not configured any more',
    { state: 'blocked', reauthReason: null, errorCode: 'DEPLOYMENT_CLIENT_REJECTED', isClientAbsent: true },
    'client_not_configured',
  ],
  ['it was never connected', { state: 'not_connected', reauthReason: 'not_connected' }, null],
  ['nothing is wrong', { state: 'connected', reauthReason: null, errorCode: null }, null],
  ['it is refreshed', { state: 'refreshing', reauthReason: null, errorCode: null }, null],
];

it.each(cases)('the reason when %s', (_when, facts, reason) => {
  expect(stateReason({ ...dead, ...facts })).toBe(reason);
});
