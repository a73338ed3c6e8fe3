import { headerText } from '../headers/header-text.js';

const mostDecodings = 5;

/**
 * A caller's text as it may stand in a header: one line without control characters, well-formed, and nothing in
 * it that a reader would take for an encoded-word (RFC 2047) and decode into something else.
 */
export function headerValue(text: string): string {
  // By way of UTF-8, which has no lone surrogates.
  let value = headerText(Buffer.from(text).toString());
  for (let decodings = 1; decodings < mostDecodings; decodings += 1) {
    const decoded = headerText(value);
    if (decoded === value) return value;
    value = decoded;
  }
  return value.replaceAll('=?', '= ?');
}
