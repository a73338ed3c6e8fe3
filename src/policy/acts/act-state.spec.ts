import { describe, expect, it } from '@jest/globals';
import { actEvents, actStates, hasEnded, stateAfter, statesBefore, type ActState } from './act-state.js';

describe('the state of an outbound act', () => {
  it.each<[ActState, (typeof actEvents)[number], ActState]>([
    ['held', 'approve', 'approved'],
    ['held', 'reject', 'rejected'],
    ['held', 'expire', 'expired'],
    ['approved', 'intend', 'intended'],
    ['approved', 'fail', 'not_sent'],
    ['intended', 'intend', 'intended'],
    ['intended', 'defer', 'approved'],
    ['intended', 'succeed', 'done'],
    ['intended', 'fail', 'not_sent'],
    ['intended', 'lose', 'unknown'],
    ['unknown', 'intend', 'intended'],
    ['unknown', 'succeed', 'done'],
    ['unknown', 'fail', 'not_sent'],
    ['unknown', 'lose', 'unknown'],
  ])('%s, then %s: %s', (state, event, after) => {
    expect(stateAfter(state, event)).toBe(after);
  });

  it('knows no other steps', () => {
    const steps = actStates.flatMap((state) =>
      actEvents.filter((event) => stateAfter(state, event) !== null),
    );
    expect(steps).toHaveLength(14);
  });

  it('is decided on once', () => {
    expect(statesBefore('approve')).toEqual(['held']);
    expect(statesBefore('reject')).toEqual(['held']);
    expect(statesBefore('expire')).toEqual(['held']);
  });

  it.each(['rejected', 'expired', 'held'] as const)('is never carried out from %s', (state) => {
    expect(stateAfter(state, 'intend')).toBeNull();
  });

  it.each<[ActState, boolean]>([
    ['held', false],
    ['approved', false],
    ['intended', false],
    ['unknown', false],
    ['rejected', true],
    ['expired', true],
    ['done', true],
    ['not_sent', true],
  ])('%s is an end: %j', (state, ended) => {
    expect(hasEnded(state)).toBe(ended);
  });
});
