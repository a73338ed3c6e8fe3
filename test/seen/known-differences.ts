type Difference = 'lost' | 'shown' | 'link';

interface KnownDifference {
  what: Difference;
  /** The bodies that it is known of. */
  pattern: RegExp;
  why: string;
}

/** Where our reading differs from Chromium's and stays so; all else fails the test. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    what: 'shown',
    pattern: /<col style="visibility:collapse/,
    why: 'Cells are read one by one, and not taken away by the <col> of their column.',
  },
];

export function isKnown(html: string, difference: Difference): boolean {
  return knownDifferences.some(({ what, pattern }) => what === difference && pattern.test(html));
}
