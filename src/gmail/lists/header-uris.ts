import { decodeEncodedWords } from '../headers/encoded-words.js';

/** As long as this, a header is read within a millisecond; a stranger writes it. */
const maxChars = 20_000;
const mostUris = 20;

/**
 * The URIs of a header like `List-Unsubscribe`, in the sender's order of preference (RFC 2369, section 2): what stands
 * between angle brackets, without the blanks of folding. Comments and all else mean nothing.
 */
export function headerUris(value: string): string[] {
  const uris: string[] = [];
  let depth = 0;
  let uri: string | null = null;
  for (const [token] of decodeEncodedWords(value.slice(0, maxChars)).matchAll(/\\?./gsu)) {
    if (uri !== null) {
      if (token !== '>') uri += /^\s$/u.test(token) ? '' : token;
      else if (uris.push(uri) === mostUris) return uris;
      if (token === '>') uri = null;
    } else if (token === '(') depth += 1;
    else if (token === ')') depth = Math.max(0, depth - 1);
    else if (token === '<' && depth === 0) uri = '';
  }
  return uris;
}
