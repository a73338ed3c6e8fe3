import { expect, it } from '@jest/globals';
import { labelCombinations } from './label-combinations.js';

it('names every series of a metric once', () => {
  expect(labelCombinations({ path: ['a', 'b'], outcome: ['ok', 'failed'] })).toEqual([
    { path: 'a', outcome: 'ok' },
    { path: 'a', outcome: 'failed' },
    { path: 'b', outcome: 'ok' },
    { path: 'b', outcome: 'failed' },
  ]);
  expect(labelCombinations({})).toEqual([{}]);
});
