import { withoutLooseBidi } from './bidi-controls.js';

// What a person reading a text does not see, and a model does: Unicode's Default_Ignorable_Code_Point (tag characters
// U+E0000-E007F, variation selectors, joiners, fillers, bidi controls), interlinear annotation, controls. Where a
// character is needed to write a language or an emoji it stays, and only there.

/** These are rare, and a text without them is done with. */
const suspicious =
  /[\u2028\u2029\ufff9-\ufffb\p{Surrogate}\p{Default_Ignorable_Code_Point}]|(?![\t\n])\p{Control}/u;

/** Nor is any of them among these, which are found far sooner. */
const beyondAscii = /[^\t\n -~]/;

const escape = '\u001b';
const bell = '\u0007';
/** ECMA-48: control sequences, and strings (OSC, DCS, SOS, PM, APC) if they end; then other escapes. */
const terminalSequence = new RegExp(
  [
    `(?:${escape}\\[|\\x9b)[0-?]*[ -/]*[@-~]`,
    `(?:${escape}[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^${bell}${escape}\\x90\\x98\\x9c-\\x9f]*(?:${bell}|${escape}\\\\|\\x9c)`,
    `${escape}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);

const halfOfPair = /\p{Surrogate}/gu;
const lineEnd = /\r\n?|[\v\f\x85\u2028\u2029]/g;

/** Scripts whose letters are joined, or kept apart, by ZWJ and ZWNJ (Unicode, sections 9.2 and 12). */
const joining = [
  ...['Arab', 'Syrc', 'Mong', 'Nkoo', 'Mand', 'Phag', 'Adlm', 'Rohg', 'Mani'],
  ...['Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh'],
  ...['Khmr', 'Mymr', 'Tibt', 'Java', 'Bali', 'Newa'],
]
  .map((script) => `\\p{scx=${script}}`)
  .join('');
const joiningLetter = `(?:(?!\\p{Default_Ignorable_Code_Point})[${joining}])`;
/** Letters end in one of these and a joiner in Malayalam and others, whatever follows. */
const virama = '[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca\\u1039\\u17d2]';
const rightToLeft = '[\\p{scx=Hebr}\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Thaa}\\p{scx=Nkoo}]';

/** Characters of the second set, where they mean something. */
const meaningful = [
  // Emoji: joined to a sequence, shown in colour or as text, keycaps.
  '(?<=\\p{ExtPict}[\\ufe0f\\u{1f3fb}-\\u{1f3ff}]?)\\u200d(?=\\p{ExtPict})',
  '(?<=\\p{ExtPict})[\\ufe0e\\ufe0f]',
  '(?<=[0-9#*])\\ufe0f(?=\\u20e3)',
  `(?<=${joiningLetter})[\\u200c\\u200d](?=${joiningLetter})`,
  `(?<=${virama})[\\u200c\\u200d](?!\\p{DI})`,
  '(?<=[\\u1820-\\u18aa])[\\u180b-\\u180f]',
  // A mark of direction beside a letter that runs that way; never two.
  `(?<!\\p{DI})(?:(?<=${rightToLeft})[\\u200e\\u200f\\u061c](?!\\p{DI})|[\\u200e\\u200f\\u061c](?=(?!\\p{DI})${rightToLeft}))`,
].join('|');
/** Bidi controls that come in pairs are left to {@link withoutLooseBidi}. */
const paired = '\\u202a-\\u202e\\u2066-\\u2069';
const invisible = new RegExp(
  `(${meaningful})|(?![\\t\\n${paired}])[\\p{Control}\\ufff9-\\ufffb\\p{DI}]`,
  'gu',
);

/**
 * A text without what only a machine reads in it: terminal escapes and controls (but `\n` and tab), tag characters,
 * variation selectors and zero-width characters out of their place, bidi controls that override, or are not closed in
 * their line. Every line ends in `\n`; half a surrogate pair becomes U+FFFD. The time is linear, and doing it twice
 * does no more than once.
 */
export function readableText(text: string): string {
  if (!beyondAscii.test(text) || !suspicious.test(text)) return text;
  const visible = withoutTerminalSequences(text)
    .replaceAll(halfOfPair, '\ufffd')
    .replaceAll(lineEnd, '\n')
    .replaceAll(invisible, (_match: string, kept: string | undefined) => kept ?? '');
  return withoutLooseBidi(visible);
}

export function withoutTerminalSequences(text: string): string {
  return text.replaceAll(terminalSequence, '');
}
