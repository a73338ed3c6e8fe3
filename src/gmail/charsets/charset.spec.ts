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
    ['text/plain; charset = windows-1251', 'cff0', 'Пр'],
    ['text/plain charset=windows-1251', 'cff0', 'Пр'],
    ['text/plain; charset=(a (nested) comment) windows-1251 (Cyrillic)', 'cff0', 'Пр'],
    ["text/plain; charset='windows-1251'", 'cff0', 'Пр'],
    ['text/plain; charset="windows-1251', 'cff0', 'Пр'],
    ['text/plain; charset="windows-1251"; charset=utf-8', 'cff0', 'Пр'],
    ["text/plain; charset*=us-ascii'en'windows-1251", 'cff0', 'Пр'],
    ['text/plain; CHARSET=CP1251', 'cff0', 'Пр'],
    ['text/plain; x=charset=utf-8; charset=windows-1251', 'cff0', 'Пр'],
    ['text/plain; charset=win-1251', 'cff0', 'Пр'],
    ['text/plain; charset=ks_c_5601-1987', '8c63b9e6', '똠방'],
    ['text/plain; charset=cp949', '8c63b9e6', '똠방'],
    ['text/plain; charset=UHC', 'b9e6', '방'],
    ['text/plain; charset=cp932', '8740', '①'],
    ['text/plain; charset=windows-31j', '8740', '①'],
    ['text/plain; charset=ibm850', '84e1', 'äß'],
    ['text/plain; charset=cp437', '84e1', 'äß'],
    ['text/plain; charset=cp858', 'd5', '€'],
    ['text/plain; charset=utf-7', Buffer.from('Gr+APwA3w-e').toString('hex'), 'Grüße'],
    ['text/plain; charset=unicode-1-1-utf-7', Buffer.from('Gr+APwA3w-e').toString('hex'), 'Grüße'],
    ['text/plain; charset=hz-gb-2312', Buffer.from('a~{<:Ky2;~}~~b').toString('hex'), 'a己所不~b'],
    ['text/plain; charset=iso-2022-kr', '1b2429430e30213021' + '0f61', '가가a'],
    ['text/plain; charset=iso-8859-8-i', 'f9', 'ש'],
    ['text/plain; charset=macintosh', '8a', 'ä'],
    ['text/plain; charset=GB2312', 'd6d0', '中'],
    ['text/plain; charset=big5', 'a4a4', '中'],
    ['text/plain; charset=utf-32le', '41000000', 'A'],
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

  it.each([
    ['UTF-8 under a label of Latin-1', 'text/plain; charset=iso-8859-1', '5a61c5bcc3b3c582c487', 'Zażółć'],
    ['UTF-8 under a label of windows-1252', 'text/plain; charset=windows-1252', 'e282ac', '€'],
    ['UTF-8 with a mark', 'text/plain; charset=iso-8859-1', 'efbbbf61', 'a'],
    ['UTF-16 with a mark', 'text/plain', 'fffe6100', 'a'],
    ['Latin-1 under a label of UTF-8', 'text/plain; charset=utf-8', '766f63ea206e', 'você n'],
    ['windows-1252 under a label of UTF-8', 'text/plain; charset=utf-8', '9361942080', '“a” €'],
    ['UTF-8 that was cut', 'text/plain; charset=utf-8', 'c3a9c3a9e282', 'éé\ufffd'],
    ['ISO-2022-JP without a label', 'text/plain', '1b244224331b2842', 'こ'],
    ['ISO-2022-JP under another label', 'text/plain; charset=utf-8', '1b244224331b2842', 'こ'],
    ['escapes of a terminal', 'text/plain', '1b5b33316d61', '\x1b[31ma'],
  ])('goes by its bytes: %s', (_name, contentType, hex, text) => {
    expect(decodeText(Buffer.from(hex, 'hex'), contentType)).toBe(text);
  });

  it.each([
    ['<meta charset="windows-1251">', 'text/html'],
    ['<meta charset=windows-1251>', 'text/html; charset=us-ascii'],
    ['<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', 'text/html'],
    ["<META content='text/html;charset=windows-1251' http-equiv=Content-Type>", 'text/html; charset=utf-8'],
    ['<?xml version="1.0" encoding="windows-1251"?>', undefined],
  ])('in HTML goes by what that says of itself: %s', (meta, contentType) => {
    const bytes = Buffer.concat([Buffer.from(meta), Buffer.from('cff0', 'hex')]);
    expect(decodeText(bytes, contentType, true)).toBe(`${meta}Пр`);
    expect(decodeText(bytes, 'text/html; charset=koi8-r', true)).not.toContain('Пр');
  });

  it.each(['<meta ', '<meta charset', '(', '((', 'charset=', "charset='", "'", '\x1b', '~{'])(
    'is decoded in time linear to its length (%j)',
    (piece) => {
      const { user } = process.cpuUsage();
      decodeText(Buffer.from(piece.repeat(200_000)), `text/html; ${piece.repeat(100_000)}`, true);
      expect((process.cpuUsage().user - user) / 1000).toBeLessThan(1_500);
    },
  );

  it('costs a search for a label that names nothing once, and not in each of thousands of parts', () => {
    const costOf = (labelOf: (part: number) => string): number => {
      const { user } = process.cpuUsage();
      for (let part = 0; part < 3_000; part += 1)
        decodeText(Buffer.from('6e6fe9', 'hex'), `text/plain; charset=${labelOf(part)}`);
      return process.cpuUsage().user - user;
    };
    const leastOf = (labelOf: (part: number) => string): number =>
      Math.min(...Array.from({ length: 4 }, () => costOf(labelOf)));
    expect(3 * leastOf(() => 'x-no-such-name')).toBeLessThan(leastOf((part) => `x-no-such-name-${part}`));
  });

  it('under a label longer than any name is as under none', () => {
    expect(decodeText(Buffer.from('6e6fe9', 'hex'), `text/plain; charset=${'x'.repeat(500)}`)).toBe('noé');
  });

  it('is decoded whatever its bytes and its label', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, charset) => {
        expect(typeof decodeText(bytes, `text/plain; charset=${charset}`)).toBe('string');
      }),
    );
  });
});
