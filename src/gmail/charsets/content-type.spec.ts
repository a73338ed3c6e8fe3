import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentTypeParameter } from './content-type.js';

describe('a parameter of a Content-Type in its usual form', () => {
  it.each([
    ['text/plain; charset="UTF-8"', 'charset', 'utf-8'],
    ['text/plain;charset=us-ascii', 'charset', 'us-ascii'],
    ['TEXT/HTML; CHARSET=KOI8-R', 'charset', 'koi8-r'],
    ['text/plain; format=flowed', 'charset', ''],
    ['text/plain; xcharset=koi8-r', 'charset', ''],
    ['text/plain', 'charset', ''],
  ])('of %s, %s is %j', (header, name, value) => {
    expect(contentTypeParameter(header, name)).toBe(value);
  });

  it('is read as it is read in any other form', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_.-]{1,12}$/);
    const names = fc.constantFrom('charset', 'Charset', 'format', 'delsp', 'name', 'xcharset');
    fc.assert(
      fc.property(word, word, names, word, fc.boolean(), (type, subtype, name, value, isQuoted) => {
        const written = isQuoted ? `"${value}"` : value;
        const usual = `${type}/${subtype}; ${name}=${written}`;
        // Two blanks, as programs do not write them, take the long way.
        const other = `${type}/${subtype};  ${name}=${written}`;
        for (const asked of ['charset', 'format'])
          expect(contentTypeParameter(usual, asked)).toBe(contentTypeParameter(other, asked));
      }),
    );
  });
});
