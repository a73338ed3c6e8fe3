import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressText, headerText } from './header-text.js';

describe('a header', () => {
  it.each([
    ['Plain', 'Plain'],
    ['Grüße 日本', 'Grüße 日本'],
    ['=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
    ['=?ISO-8859-1?Q?Caf=E9?= at noon', 'Café at noon'],
    ['=?utf-8?B?5pel?= =?utf-8?B?5pys?=', '日本'],
    ['folded\r\n  value', 'folded value'],
    ['two  blanks', 'two blanks'],
    [' blanks around ', 'blanks around'],
    ['=?utf-8?Q?one=0D=0ABcc=3A_two?=', 'one Bcc: two'],
  ])('%j is read as %j', (raw, text) => {
    expect(headerText(raw)).toBe(text);
  });

  it('is one line, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(headerText(raw))),
    );
  });
});

describe('addresses', () => {
  it.each([
    ['ada@example.com', 'ada@example.com'],
    ['Ada Lovelace <ada@example.com>, bob@example.com', 'Ada Lovelace <ada@example.com>, bob@example.com'],
    ['=?utf-8?Q?Zo=C3=AB?= <zoe@example.com>', 'Zoë <zoe@example.com>'],
    ['"Doe, Jane" <jane@example.com>', '"Doe, Jane" <jane@example.com>'],
    ['Team: a@example.com, b@example.com;', 'Team: a@example.com, b@example.com;'],
    ['undisclosed-recipients:;', 'undisclosed-recipients: ;'],
    ['', ''],
  ])('%j are read as %j', (raw, text) => {
    expect(addressText(raw)).toBe(text);
  });

  it('show a name that looks like an address for the name it is', () => {
    const raw = '=?utf-8?Q?boss=40example.com_=3Cboss=40example.com=3E=2C?= <evil@example.net>';
    expect(addressText(raw)).toBe('"boss@example.com <boss@example.com>," <evil@example.net>');
  });

  it('are read without a throw, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        expect(typeof addressText(raw)).toBe('string');
      }),
    );
  });
});
