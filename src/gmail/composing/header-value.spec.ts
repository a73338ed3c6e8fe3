import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeWords } from 'postal-mime';
import { headerValue } from './header-value.js';

describe('a header value', () => {
  it.each([
    ['Lunch?\r\nBcc: x@evil.example', 'Lunch? Bcc: x@evil.example'],
    ['  a\tb\0c\u2028d ', 'a b c d'],
    ['Grüße 🌍', 'Grüße 🌍'],
    ['=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
    ['=?utf-8?Q?a=0D=0ABcc:_x?=', 'a Bcc: x'],
    ['why =? because', 'why =? because'],
    ['\ud83c', '\ufffd'],
  ])('of %j is %j', (text, value) => {
    expect(headerValue(text)).toBe(value);
  });

  it('is one line of well-formed text that needs no further decoding', () => {
    const part = fc.constantFrom(
      '=?',
      '?=',
      'utf-8',
      '?Q?',
      '?B?',
      '=3D',
      '=3F',
      'PT8',
      '\r',
      '\n',
      '_',
      'a',
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: part, maxLength: 40 })),
        (text) => {
          const value = headerValue(text);
          expect(value).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u);
          expect(decodeWords(value)).toBe(value);
          expect(headerValue(value)).toBe(value);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('does not follow an encoded-word in an encoded-word for ever', () => {
    let nested = 'x';
    for (let depth = 0; depth < 12; depth += 1)
      nested = `=?utf-8?B?${Buffer.from(nested).toString('base64')}?=`;

    expect(decodeWords(headerValue(nested))).toBe(headerValue(nested));
  });
});
