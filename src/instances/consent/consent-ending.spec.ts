import { describe, expect, it } from '@jest/globals';
import type { Rejected, Unavailable } from '../../oauth/index.js';
import { authorizationAnswer, type AuthorizationResponse } from './authorization-response.js';
import type { ConsentErrorCode } from '../flows/consent-outcome.js';
import { consentEnding, type ConsentCourse } from './consent-ending.js';

const issuer = 'https://accounts.google.com';

function rejected(errorCode: Rejected['errorCode'], reason: string): Rejected {
  return {
    status: 'rejected',
    path: 'direct',
    errorCode,
    reason,
  };
}

function unavailable(errorCode: Unavailable['errorCode'], reason: string): Unavailable {
  return {
    status: 'unavailable',
    path: 'direct',
    errorCode,
    reason,
    retryAfterSeconds: null,
    provablyNotSent: false,
  };
}

const outage = unavailable('SERVICE_UNAVAILABLE', 'http_503');
const connection = {
  reached: 'connection',
  instanceId: 'instance',
  email: 'ann@example.com',
  consentForced: false,
} as const;
const exchange = { reached: 'exchange', consentForced: false } as const;

describe('a consent to which the provider answers with', () => {
  it.each<[string, AuthorizationResponse]>([
    ['a code', { code: 'c' }],
    ['a code and our issuer', { code: 'c', iss: issuer }],
  ])('%s goes on', (_answer, response) => {
    expect(authorizationAnswer(response, issuer)).toEqual({ status: 'code', code: 'c' });
  });

  it.each<[string, AuthorizationResponse, ConsentErrorCode]>([
    ['the person’s refusal', { error: 'access_denied' }, 'access_denied'],
    ['the administrator’s refusal', { error: 'admin_policy_enforced' }, 'admin_blocked'],
    ['the refusal of a policy', { error: 'policy_enforced' }, 'admin_blocked'],
    ['a refusal of accounts outside the organisation', { error: 'org_internal' }, 'admin_blocked'],
    ['a client that is switched off', { error: 'disabled_client' }, 'misconfigured'],
    ['a client that may not ask', { error: 'unauthorized_client' }, 'misconfigured'],
    ['a scope it does not give', { error: 'invalid_scope' }, 'scope_missing'],
    ['an outage', { error: 'temporarily_unavailable' }, 'provider_unavailable'],
    ['an error that is not known here', { error: 'brand_new', code: 'c' }, 'provider_unavailable'],
    ['the name of an object member', { error: 'constructor' }, 'provider_unavailable'],
    ['neither code nor error', {}, 'state_expired'],
    ['an empty code', { code: '' }, 'state_expired'],
    ['a code of almost our issuer', { code: 'c', iss: `${issuer}/` }, 'state_expired'],
    ['another issuer’s error', { error: 'access_denied', iss: 'https://evil.example' }, 'state_expired'],
  ])('%s ends', (_answer, response, error) => {
    const refusal = authorizationAnswer(response, issuer);
    if (refusal.status === 'code') throw new Error('The consent goes on');
    expect(consentEnding({ reached: 'authorization', refusal, consentForced: false })).toEqual({ error });
  });

  it.each(['invalid_request', 'account_selection_required', 'consent_required', 'interaction_required'])(
    '%s is asked again, once, for consent alone',
    (error) => {
      const refusal = { status: 'error', error } as const;
      const course = { reached: 'authorization', refusal } as const;
      expect(consentEnding({ ...course, consentForced: false })).toBe('ask_again');
      expect(consentEnding({ ...course, consentForced: true })).toEqual({ error: 'provider_unavailable' });
    },
  );
});

describe('a consent ends', () => {
  it.each<[string, ConsentCourse, ReturnType<typeof consentEnding>]>([
    ['as expired when no flow waits for the browser', { reached: 'flow' }, { error: 'state_expired' }],
    [
      'as not set up when the OAuth client is no longer configured',
      { reached: 'client' },
      { error: 'misconfigured' },
    ],
    [
      'not yet when the code is too old or was used: the provider is asked again',
      { ...exchange, failure: rejected('INVALID_REFRESH_TOKEN', 'invalid_grant') },
      'ask_again',
    ],
    [
      'as expired when the next code is no better',
      { ...exchange, consentForced: true, failure: rejected('INVALID_REFRESH_TOKEN', 'invalid_grant') },
      { error: 'state_expired' },
    ],
    [
      'as expired when session control wants another sign-in',
      { ...exchange, failure: rejected('INVALID_REFRESH_TOKEN', 'invalid_rapt') },
      { error: 'state_expired', sessionControl: true },
    ],
    [
      'as not set up when the provider rejects the OAuth client',
      { ...exchange, failure: rejected('INVALID_CLIENT', 'invalid_client') },
      { error: 'misconfigured' },
    ],
    [
      'as not set up when the redirect URI is not registered',
      { ...exchange, failure: unavailable('UNKNOWN_ERROR', 'redirect_uri_mismatch') },
      { error: 'misconfigured' },
    ],
    [
      'as blocked when the administrator forbids the exchange',
      { ...exchange, failure: rejected('ADMIN_BLOCKED', 'admin_policy_enforced') },
      { error: 'admin_blocked' },
    ],
    [
      'for now when the exchange meets an outage',
      { ...exchange, failure: outage },
      { error: 'provider_unavailable' },
    ],
    [
      'for now when the network fails',
      { ...exchange, failure: unavailable('NETWORK_ERROR', 'ECONNRESET') },
      { error: 'provider_unavailable' },
    ],
    [
      'for want of a scope when one was unticked',
      { reached: 'scopes', missing: ['gmail.readonly'] },
      { error: 'scope_missing', missing: ['gmail.readonly'] },
    ],
    [
      'for now when the provider does not tell whose account it is',
      { reached: 'account', failure: outage },
      { error: 'provider_unavailable' },
    ],
    [
      'connected',
      { ...connection, outcome: 'connected' },
      { connected: 'instance', email: 'ann@example.com' },
    ],
    [
      'connected, and tells when the provider ends that by itself',
      { ...connection, outcome: 'connected', grantExpiresAt: new Date('2026-08-08T12:00:00Z') },
      { connected: 'instance', email: 'ann@example.com', grantExpiresAt: '2026-08-08T12:00:00.000Z' },
    ],
    [
      'with a mismatch when a reconnect brings another account',
      { ...connection, outcome: 'account_mismatch' },
      { error: 'account_mismatch', chosenAccount: 'ann@example.com' },
    ],
    [
      'for now when it cannot be found out whose grant the instance holds',
      { ...connection, outcome: 'account_unproven' },
      { error: 'provider_unavailable' },
    ],
    [
      'as expired when the instance was deleted meanwhile',
      { ...connection, outcome: 'instance_deleted' },
      { error: 'state_expired' },
    ],
    [
      'not yet when it brings no refresh token: the provider is asked again, explicitly',
      { ...connection, outcome: 'refresh_token_missing' },
      'ask_again',
    ],
    [
      'for now when it brings none though asked explicitly',
      { ...connection, outcome: 'refresh_token_missing', consentForced: true },
      { error: 'provider_unavailable' },
    ],
  ])('%s', (_case, course, ending) => {
    expect(consentEnding(course)).toEqual(ending);
  });
});
