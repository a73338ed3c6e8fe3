import { describe, expect, it } from '@jest/globals';
import { actStates, type ActState } from '../acts/act-state.js';
import { refusalOfDecision } from './decision-refusal.js';

const held = { state: 'held', overdue: false, contentDigest: 'aa' } as const;

describe('a decision on a held act', () => {
  it.each([undefined, 'aa'])('is taken, with what was read or without saying (%j)', (digest) => {
    expect(refusalOfDecision(held, digest)).toBeNull();
  });

  it.each<[string, { state: ActState; overdue: boolean }, string]>([
    ['too late', { state: 'held', overdue: true }, 'approval_expired'],
    ['long too late', { state: 'expired', overdue: true }, 'approval_expired'],
    ...actStates
      .filter((state) => state !== 'held' && state !== 'expired')
      .map((state): [string, { state: ActState; overdue: boolean }, string] => [
        `again (${state})`,
        { state, overdue: false },
        'approval_decided',
      ]),
  ])('%s is refused', (_case, act, reason) => {
    expect(refusalOfDecision({ ...held, ...act }, 'aa')).toMatchObject({ code: 'CONFLICT', reason });
  });

  it('on other content than was read is refused', () => {
    expect(refusalOfDecision(held, 'bb')).toMatchObject({ code: 'CONFLICT', reason: 'content_changed' });
  });
});
