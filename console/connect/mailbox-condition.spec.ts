import { describe, expect, it } from '@jest/globals';
import {
  asksForPerson,
  conditionOf,
  type Condition,
  type Look,
  type SeenInstance,
} from './mailbox-condition.js';

const connected: SeenInstance = {
  name: 'Sales',
  email: 'alice@example.com',
  oauthStatus: 'completed',
  requiresReauth: false,
  reauthReason: null,
  stateReason: null,
  errorCode: null,
  errorMessage: null,
};

function seen(differs: Partial<SeenInstance> = {}): Look {
  return { outcome: 'seen', instance: { ...connected, ...differs } };
}

/** An ended grant. */
function ended(stateReason: string | null, differs: Partial<SeenInstance> = {}): Look {
  return seen({
    ...{ oauthStatus: 'failed', requiresReauth: true, reauthReason: 'grant_ended', stateReason },
    ...{ errorCode: 'INVALID_REFRESH_TOKEN', ...differs },
  });
}

describe('the dialog opens for', () => {
  it.each<[string, Look, string]>([
    ['a grant that was revoked', ended('revoked'), 'revoked'],
    [
      'a refusal that is not confirmed yet',
      ended('revoked', { oauthStatus: 'completed', reauthReason: 'refusal_unconfirmed' }),
      'revoked',
    ],
    ['the organisation’s session control', ended('session_control'), 'session_control'],
    ['a grant that had lasted its time', ended('grant_expired'), 'grant_expired'],
    ['an account that was closed', ended('account_disabled'), 'account_disabled'],
    ['an account that was deleted', ended('account_purged'), 'account_purged'],
    [
      'a client that is rejected',
      seen({ requiresReauth: true, reauthReason: 'client_rejected', errorCode: 'INVALID_CLIENT' }),
      'client_rejected',
    ],
    [
      'a scope that is asked for and missing',
      seen({ requiresReauth: true, reauthReason: 'scope_missing', errorCode: 'INSUFFICIENT_SCOPE' }),
      'scope_missing',
    ],
    ['an end that a later release tells of', ended('moon_phase'), 'other'],
    ['a reason that a later release tells of', seen({ requiresReauth: true, reauthReason: 'new' }), 'other'],
    ['no reason at all', seen({ requiresReauth: true }), 'other'],
  ])('%s', (_case, look, cause) => {
    const condition = conditionOf(look);
    expect(condition).toEqual({ state: 'reauth-required', cause });
    expect(asksForPerson(condition)).toBe(true);
  });
});

describe('the dialog stays closed for', () => {
  it.each<[string, Look, Condition['state']]>([
    ['a mailbox that works', seen(), 'connected'],
    [
      'a mailbox that was never connected',
      seen({ requiresReauth: true, reauthReason: 'not_connected' }),
      'not-connected',
    ],
    ['an outage at Google', seen({ errorCode: 'SERVICE_UNAVAILABLE' }), 'disturbed'],
    [
      'a verdict that is held',
      seen({ errorCode: 'SERVICE_UNAVAILABLE', oauthStatus: 'completed' }),
      'disturbed',
    ],
    ['a fault of the network behind the server', seen({ errorCode: 'NETWORK_ERROR' }), 'disturbed'],
    ['a rate limit behind the server', seen({ errorCode: 'RATE_LIMITED' }), 'disturbed'],
    ['what is not known', seen({ errorCode: 'UNKNOWN_ERROR' }), 'disturbed'],
    ['a code of a later release', seen({ errorCode: 'NEW_CODE' }), 'disturbed'],
    ['an administrator’s refusal', seen({ errorCode: 'ADMIN_BLOCKED' }), 'blocked'],
    [
      'the deployment’s client being rejected',
      seen({ errorCode: 'DEPLOYMENT_CLIENT_REJECTED' }),
      'misconfigured',
    ],
    ['a scope that is missing and not asked for', seen({ errorCode: 'INSUFFICIENT_SCOPE' }), 'connected'],
    [
      'a code that once asked for a person, where none is asked for',
      seen({ errorCode: 'INVALID_REFRESH_TOKEN' }),
      'disturbed',
    ],
    ['no answer', { outcome: 'unanswered' }, 'unknown'],
    ['a session that is over', { outcome: 'session-over' }, 'session-over'],
    ['a refusal', { outcome: 'forbidden' }, 'forbidden'],
    ['an instance that is gone', { outcome: 'gone' }, 'gone'],
  ])('%s', (_case, look, state) => {
    const condition = conditionOf(look);
    expect(condition).toEqual({ state });
    expect(asksForPerson(condition)).toBe(false);
  });
});
