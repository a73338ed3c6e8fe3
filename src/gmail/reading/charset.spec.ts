import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeText } from './charset.js';

describe('a text part', () => {
  it.each([
    ['text/plain; charset=utf-8', 'c3a9', 'é'],
    ['text/plain; charset="UTF-8"; format=flowed', 'c3a9', 'é'],
    ['text/plain; charset=ISO-8859-1', 'e9', 'é'],
    ['text/html; charset=windows-1252', '8093e994', '€“é”'],
    ['text/html; charset=iso-8859-1', '93e994', '“é”'],
    ['text/plain; charset=iso-8859-15', 'a4', '€'],
    ['text/plain; charset=koi8-r', 'c4c1', 'да'],
    ['text/plain; charset=Shift_JIS', '93fa', '日'],
    ['text/plain; charset=iso-2022-jp', '1b2442467c1b2842', '日'],
    ['text/plain; charset=gb18030', 'c8d5', '日'],
    ['text/plain; charset=utf-16le', 'e900', 'é'],
  ])('is decoded by its charset: %s', (contentType, hex, text) => {
    expect(decodeText(Buffer.from(hex, 'hex'), contentType)).toBe(text);
  });

  it.each([
    'text/plain; charset=x-unknown',
    'text/plain; charset=us-ascii',
    'text/plain',
    '',
    ';;=',
    undefined,
  ])('without a usable charset is UTF-8 if it can be, else Latin-1 (%s)', (contentType) => {
    expect(decodeText(Buffer.from('c3a9', 'hex'), contentType)).toBe('é');
    expect(decodeText(Buffer.from('e9', 'hex'), contentType)).toBe('é');
  });

  it('marks single broken bytes and keeps the rest', () => {
    expect(decodeText(Buffer.from('61ffc3a9', 'hex'), 'text/plain; charset=utf-8')).toBe('a\ufffdé');
  });

  it('is decoded whatever its bytes and its label', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, charset) => {
        expect(typeof decodeText(bytes, `text/plain; charset=${charset}`)).toBe('string');
      }),
    );
  });
});
