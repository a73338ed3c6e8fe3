import { describe, expect, it } from '@jest/globals';
import { isSameFilter } from './same-filter.js';

describe('a filter', () => {
  it.each([
    ['itself', { criteria: { from: 'a' }, action: { addLabelIds: ['X', 'Y'] } }, true],
    ['the same in another order', { criteria: { from: 'a' }, action: { addLabelIds: ['Y', 'X'] } }, true],
    [
      'one with an empty list',
      { criteria: { from: 'a' }, action: { addLabelIds: ['X', 'Y'], removeLabelIds: [] } },
      true,
    ],
    ['another sender', { criteria: { from: 'b' }, action: { addLabelIds: ['X', 'Y'] } }, false],
    [
      'one that looks for more',
      { criteria: { from: 'a', to: 'b' }, action: { addLabelIds: ['X', 'Y'] } },
      false,
    ],
    [
      'one that forwards',
      { criteria: { from: 'a' }, action: { addLabelIds: ['X', 'Y'], forward: 'c' } },
      false,
    ],
  ])('is told from %s', (_what, other, same) => {
    const wanted = { criteria: { from: 'a' }, action: { addLabelIds: ['X', 'Y'] } };
    expect(isSameFilter(wanted, other)).toBe(same);
  });
});
