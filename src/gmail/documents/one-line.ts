import { readableText } from '../text/readable-text.js';

const longestChars = 4_000;

/** A stranger's text that stays in its line. */
export function oneLine(text: string): string {
  return readableText(text.slice(0, longestChars)).replaceAll(/\s+/g, ' ').trim();
}
