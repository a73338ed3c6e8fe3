import { bodyPage, charsWithin } from '../../gmail/index.js';

/** Prose is rated so by `charsWithin`, and stays whole; what takes more tokens is cut to as many. */
const tokensPerChar = 0.5;

/** Keeps a header that its author made endless (500 recipients, say) from filling a model's context. */
export function shorten(header: string, maxChars: number): string;
export function shorten(header: string | null, maxChars: number): string | null;
export function shorten(header: string | null, maxChars: number): string | null {
  if (header === null) return null;
  const chars = Math.min(maxChars, charsWithin(header.slice(0, maxChars), maxChars * tokensPerChar));
  return header.length <= chars ? header : `${bodyPage(header, Math.max(chars, 1)).text}…`;
}
