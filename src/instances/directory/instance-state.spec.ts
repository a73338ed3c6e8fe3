import { describe, expect, it } from '@jest/globals';
import { errorTable, type ErrorCode } from '../../errors/index.js';
import { instanceState, servesOn, type StateFacts } from './instance-state.js';

const well: StateFacts = { reauthReason: null, held: false, errorCode: null, leased: false };

describe('the state of an instance', () => {
  it.each([
    ['nothing is wrong', {}, 'connected'],
    ['a refresh is under way', { leased: true }, 'refreshing'],
    ['no consent was given', { reauthReason: 'not_connected', held: null }, 'not_connected'],
    ['Google has ended the grant', { reauthReason: 'grant_ended' }, 'needs_sign_in'],
    ['the grant was just called dead', { reauthReason: 'refusal_unconfirmed' }, 'needs_sign_in'],
    ['that is asked about once more', { reauthReason: 'refusal_unconfirmed', leased: true }, 'needs_sign_in'],
    ['its own OAuth client was rejected', { reauthReason: 'client_rejected' }, 'needs_sign_in'],
    ['less was granted than it asks for', { reauthReason: 'scope_missing' }, 'needs_sign_in'],
    ['the verdict is held', { held: true, errorCode: 'SERVICE_UNAVAILABLE' }, 'held'],
    ['a held verdict is probed', { held: true, errorCode: 'SERVICE_UNAVAILABLE', leased: true }, 'held'],
    ['Google did not answer', { errorCode: 'SERVICE_UNAVAILABLE' }, 'degraded'],
    ['Google is asked again', { errorCode: 'SERVICE_UNAVAILABLE', leased: true }, 'degraded'],
    ['the network failed', { errorCode: 'NETWORK_ERROR' }, 'degraded'],
    ['it is not known what happened', { errorCode: 'UNKNOWN_ERROR' }, 'degraded'],
    ['an administrator forbids it', { errorCode: 'ADMIN_BLOCKED' }, 'blocked'],
    ["the deployment's client was rejected", { errorCode: 'DEPLOYMENT_CLIENT_REJECTED' }, 'blocked'],
    ['that client is tried again', { errorCode: 'DEPLOYMENT_CLIENT_REJECTED', leased: true }, 'blocked'],
    ['Google calls the request wrong', { errorCode: 'INVALID_REQUEST' }, 'blocked'],
  ] as const satisfies readonly [string, Partial<StateFacts>, string][])('when %s', (_when, facts, state) => {
    expect(instanceState({ ...well, ...facts })).toBe(state);
  });

  it('asks for a sign-in by no error alone: only the reason to sign in does', () => {
    for (const errorCode of Object.keys(errorTable) as ErrorCode[])
      for (const leased of [false, true])
        expect(['needs_sign_in', 'not_connected']).not.toContain(
          instanceState({ ...well, errorCode, leased }),
        );
  });
});

it.each([
  ['degraded', true],
  ['held', true],
  ['blocked', true],
  ['connected', false],
  ['refreshing', false],
  ['needs_sign_in', false],
  ['not_connected', false],
] as const)('whether the token it has still counts is worth telling when %s: %s', (state, serves) => {
  expect(servesOn(state)).toBe(serves);
});
