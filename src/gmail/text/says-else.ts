/** Long mails say the same from the beginning, or not. */
const comparedChars = 20_000;
const word = /[\p{L}\p{N}]+/gu;
/** Of what the one says, so much may be in other words before it counts as something else. */
const mostUnknownShare = 0.2;
const mostUnknownWords = 2;

/**
 * Whether a text says something that another one does not: a decoy, a reference to the web, another language. Layout,
 * order and links do not count.
 */
export function saysElse(text: string, other: string): boolean {
  const words = wordsOf(withoutLinks(text.slice(0, comparedChars)));
  const known = new Set(wordsOf(other.slice(0, 3 * comparedChars)));
  const unknown = words.filter((each) => !known.has(each)).length;
  return unknown > mostUnknownWords && unknown > words.length * mostUnknownShare;
}

/** Whether two texts are the same but for their layout and links. */
export function saysTheSame(text: string, other: string): boolean {
  if (Math.abs(text.length - other.length) > comparedChars) return false;
  return wordsOf(withoutLinks(text)).join(' ') === wordsOf(withoutLinks(other)).join(' ');
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(word) ?? [];
}

function withoutLinks(text: string): string {
  return text.replaceAll(/(?:https?:\/\/|mailto:|www\.)[^\s\]>)]+/g, '');
}
