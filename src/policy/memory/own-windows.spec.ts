import { describe, expect, it } from '@jest/globals';
import { ownWindows } from './own-windows.js';

const windows = Array.from({ length: 60 }, (_, start) => ({
  ...{ start, before: start, after: start + 8 },
  hashes: [`of an older key ${start}`, String(start)],
}));

function startsOf(read: readonly number[]): number[] {
  const readIn = new Map(read.map((start) => [String(start), new Set(['thread'])]));
  return ownWindows(windows, readIn).map(({ start }) => start);
}

describe('the windows that a writer has made up', () => {
  it('are all of a text of which nothing was read', () => {
    expect(startsOf([])).toHaveLength(60);
  });

  it('are those that hold no word near to what was read', () => {
    expect(startsOf([30])).toEqual([
      ...Array(19).keys(),
      ...Array.from({ length: 18 }, (_, index) => 42 + index),
    ]);
  });

  it('are none of a text that was read throughout', () => {
    expect(startsOf(Array.from({ length: 20 }, (_, index) => index * 3))).toEqual([]);
  });
});
