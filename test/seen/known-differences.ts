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
    what: 'lost',
    pattern: /font-size:\.01em/,
    why: 'Chromium draws relative sizes no smaller than 6 px; other programs do not.',
  },
  { what: 'lost', pattern: /@supports \(display:nonsense\)/, why: 'Conditions of @supports count as met.' },
  { what: 'lost', pattern: /<style style=/, why: 'A style sheet is no text, even where it is made a block.' },
  { what: 'shown', pattern: /right:100%/, why: 'It takes a layout to tell where percentages lead.' },
  { what: 'shown', pattern: /rotateY/, why: 'Of transforms only moves and scales are computed.' },
  { what: 'shown', pattern: /zoom:0/, why: 'zoom is not computed.' },
  { what: 'shown', pattern: /font-size:(?:calc|min)\(/, why: 'Functions of lengths are not computed.' },
  { what: 'shown', pattern: /var\(--/, why: 'Custom properties are not followed.' },
  { what: 'shown', pattern: /<style>[^<{]*[+~]/, why: 'Selectors by siblings select nothing.' },
  { what: 'shown', pattern: /<style>[^<{]*:(?!hover|:|empty)/, why: 'Pseudo-classes select nothing.' },
  { what: 'shown', pattern: /<style>[^<{]* i\]/, why: 'Attributes are compared with their case.' },
  { what: 'shown', pattern: /<style>P\.C/, why: 'Classes are compared with their case, in quirks mode too.' },
  { what: 'shown', pattern: /<style>\.a\{ /, why: 'Nested rules are not read.' },
  { what: 'shown', pattern: /fill="none"/, why: 'The paint of SVG is not computed.' },
  { what: 'shown', pattern: /<area/, why: 'An image map says in words what its picture shows.' },
  { what: 'link', pattern: /<area/, why: 'An image map says in words what its picture shows.' },
];

export function isKnown(html: string, difference: Difference): boolean {
  return knownDifferences.some(({ what, pattern }) => what === difference && pattern.test(html));
}
