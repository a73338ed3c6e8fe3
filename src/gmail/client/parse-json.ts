import { boundParts } from './bounded-parts.js';

/**
 * Objects and arrays take many times the memory of their bytes, and out of memory inside `JSON.parse` V8 ends the whole
 * process, whatever a thread's limit. A hundred long messages have a fifth of these.
 */
const mostOpenings = 300_000;
const decoder = new TextDecoder();
const [quote = 0, backslash = 0, brace = 0, bracket = 0] = Buffer.from('"\\{[');

/** What the bytes of an answer say as JSON, messages within their bounds; undefined when they are none, or a bomb. */
export function parseJson(bytes: Uint8Array): unknown {
  if (hasTooManyOpenings(bytes)) return undefined;
  let answer: unknown;
  try {
    answer = JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
  boundParts(answer);
  return answer;
}

/** Those inside of strings are text. */
function hasTooManyOpenings(bytes: Uint8Array): boolean {
  if (bytes.length <= mostOpenings) return false;
  let left = mostOpenings;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) at = endOfString(bytes, at);
    else if (byte === brace || byte === bracket) left -= 1;
    if (left < 0) return true;
  }
  return false;
}

function endOfString(bytes: Uint8Array, start: number): number {
  let end = bytes.indexOf(quote, start + 1);
  while (end >= 0 && isEscaped(bytes, end)) end = bytes.indexOf(quote, end + 1);
  return end < 0 ? bytes.length : end;
}

function isEscaped(bytes: Uint8Array, at: number): boolean {
  let first = at;
  while (bytes[first - 1] === backslash) first -= 1;
  return (at - first) % 2 === 1;
}
