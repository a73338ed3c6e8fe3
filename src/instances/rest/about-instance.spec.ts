import { describe, expect, it } from '@jest/globals';
import { EvergrantError } from '../../errors/index.js';
import type { Instance } from '../directory/instance.js';
import { aboutOfferedToken } from './about-instance.js';

function instance(requiresReauth: boolean): Instance {
  return { id: 'instance-1', requiresReauth } as Instance;
}

describe('an error about a refresh token that was offered', () => {
  it.each([
    ['INVALID_REFRESH_TOKEN', 'a mailbox that works', false, false],
    ['INVALID_CLIENT', 'a mailbox that works', false, false],
    ['INSUFFICIENT_SCOPE', 'a mailbox that works', false, false],
    ['OAUTH_FLOW_REQUIRED', 'a mailbox that works', false, false],
    ['INVALID_REFRESH_TOKEN', 'a mailbox that needs a person', true, true],
    ['OAUTH_FLOW_REQUIRED', 'a mailbox that was never connected', true, true],
    ['ACCOUNT_MISMATCH', 'a mailbox that needs a person', true, false],
    ['SERVICE_UNAVAILABLE', 'a mailbox that needs a person', true, false],
  ] as const)('%s, for %s', (code, _mailbox, needsPerson, requiresReauth) => {
    const error = aboutOfferedToken(new EvergrantError(code), instance(needsPerson));
    expect(error).toMatchObject({ code, instanceId: 'instance-1', requiresReauth });
  });

  it('says of the token, not of the mailbox, what is wrong', () => {
    const said = aboutOfferedToken(new EvergrantError('INVALID_REFRESH_TOKEN'), instance(false));
    expect(said.message).toBe('Google does not accept the refresh token that was offered');
  });

  it('says when it is not known whether the token has been used up', () => {
    const lost = new EvergrantError('SERVICE_UNAVAILABLE', {
      reason: 'outcome_unknown',
      retryAfterSeconds: 30,
    });
    const said = aboutOfferedToken(lost, instance(false));
    expect(said).toMatchObject({ reason: 'outcome_unknown', retryAfterSeconds: 30 });
    expect(said.message).toMatch(/used up is not known/);
  });
});
