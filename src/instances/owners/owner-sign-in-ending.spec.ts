import { describe, expect, it } from '@jest/globals';
import type { Unavailable } from '../../oauth/index.js';
import {
  ownerSignInEnding,
  type OwnerSignInCourse,
  type OwnerSignInEnding,
  type OwnerSignInError,
} from './owner-sign-in-ending.js';

const mailbox = { tenantId: 't', provider: 'google', subject: '11', email: 'owner@example.com' };
const account = { subject: '11', email: 'owner@example.com' };
const outage: Unavailable = {
  status: 'unavailable',
  path: 'direct',
  errorCode: 'NETWORK_ERROR',
  reason: 'ECONNRESET',
  retryAfterSeconds: null,
  provablyNotSent: false,
};
const rejected = { status: 'rejected', path: 'direct', reason: 'invalid_grant' } as const;

function refused(error: OwnerSignInError): OwnerSignInEnding {
  return { status: 'refused', error };
}

describe('what the sign-in of a mailbox’s owner ends in', () => {
  it.each<[string, OwnerSignInCourse, OwnerSignInEnding]>([
    [
      'the account of the mailbox',
      { reached: 'mailbox', account, mailbox },
      { status: 'signed_in', owner: { tenantId: 't', provider: 'google', ...account } },
    ],
    [
      'the same account under a newer address',
      { reached: 'mailbox', account: { ...account, email: 'married@example.com' }, mailbox },
      {
        status: 'signed_in',
        owner: { tenantId: 't', provider: 'google', subject: '11', email: 'married@example.com' },
      },
    ],
    [
      'another account that has the address now',
      { reached: 'mailbox', account: { ...account, subject: '12' }, mailbox },
      {
        status: 'refused',
        error: 'account_mismatch',
        chosen: 'owner@example.com',
        expected: 'owner@example.com',
      },
    ],
    [
      'a mailbox whose account is known by its address alone',
      { reached: 'mailbox', account, mailbox: { ...mailbox, subject: null } },
      refused('owner_unknown'),
    ],
    ['no mailbox', { reached: 'mailbox', account, mailbox: null }, refused('mailbox_missing')],
    ['a state of no sign-in', { reached: 'flow' }, refused('state_expired')],
    [
      'a person who went back',
      { reached: 'authorization', refusal: { status: 'error', error: 'access_denied' } },
      refused('access_denied'),
    ],
    [
      'a prompt that the provider cannot do without',
      { reached: 'authorization', refusal: { status: 'error', error: 'consent_required' } },
      refused('provider_unavailable'),
    ],
    [
      'an answer of another issuer',
      { reached: 'authorization', refusal: { status: 'foreign_issuer' } },
      refused('state_expired'),
    ],
    ['a client that is gone', { reached: 'client' }, refused('misconfigured')],
    [
      'a code that was used',
      { reached: 'exchange', failure: { ...rejected, errorCode: 'INVALID_REFRESH_TOKEN' } },
      refused('state_expired'),
    ],
    ['an outage at the exchange', { reached: 'exchange', failure: outage }, refused('provider_unavailable')],
    ['an account not told', { reached: 'account', failure: outage }, refused('provider_unavailable')],
  ])('%s', (_case, course, ending) => {
    expect(ownerSignInEnding(course)).toEqual(ending);
  });
});
