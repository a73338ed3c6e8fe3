/** A piece of a long body. */
export interface BodyPage {
  text: string;
  truncated: boolean;
  /** Length of the whole body, in UTF-16 code units as all offsets are. */
  totalChars: number;
  /** Where the next page begins; null on the last one. */
  nextOffset: number | null;
}

/** Cuts at most `maxChars` UTF-16 code units (at least one character) from `offset` on, never inside a code point. */
export function bodyPage(text: string, maxChars: number, offset = 0): BodyPage {
  const start = codePointStart(text, offset);
  const wanted = codePointStart(text, start + maxChars);
  const end = wanted > start ? wanted : start + charLength(text, start);
  const truncated = end < text.length;
  return {
    text: text.slice(start, end),
    truncated,
    totalChars: text.length,
    nextOffset: truncated ? end : null,
  };
}

function codePointStart(text: string, offset: number): number {
  const index = Math.min(Math.max(Math.trunc(offset), 0), text.length);
  return index > 0 && charLength(text, index - 1) === 2 ? index - 1 : index;
}

function charLength(text: string, index: number): number {
  const codePoint = text.codePointAt(index);
  if (codePoint === undefined) return 0;
  return codePoint > 0xffff ? 2 : 1;
}
