import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseMailboxAddress } from './mailbox-address.js';

describe('a recipient', () => {
  it.each([
    ['ada@example.com', '', 'ada@example.com'],
    [' <ada@example.com> ', '', 'ada@example.com'],
    ['Ada Lovelace <ada@example.com>', 'Ada Lovelace', 'ada@example.com'],
    ['"Lovelace, Ada" <ada@example.com>', 'Lovelace, Ada', 'ada@example.com'],
    ['Jörg <joerg+mail@bücher.example>', 'Jörg', 'joerg+mail@xn--bcher-kva.example'],
    ['=?utf-8?Q?J=C3=B6rg?= <joerg@example.com>', 'Jörg', 'joerg@example.com'],
    ['Ada\r\nLovelace\0 <ada@example.com>', 'Ada Lovelace', 'ada@example.com'],
    ["'ann@a.example' via Team <team@b.example>", "'ann@a.example' via Team", 'team@b.example'],
    [`"'ann@a.example' via Team" <team@b.example>`, "'ann@a.example' via Team", 'team@b.example'],
    ['LastßlName, FirstName <comma@x.example>', 'LastßlName, FirstName', 'comma@x.example'],
    ['Support: Team <a@b.example>', 'Support: Team', 'a@b.example'],
    ['Ann (Acme) <a@b.example>', 'Ann (Acme)', 'a@b.example'],
  ])('%j', (text, name, address) => {
    expect(parseMailboxAddress(text)).toEqual({ name, address });
  });

  it.each([
    '',
    'Ada',
    'ada@',
    '@example.com',
    'ada@example.com, bea@example.com',
    'ada@example.com; bea@example.com',
    'ada@example.com bea@example.com',
    'Ada <ada@example.com> bea@example.com',
    '"bea@example.com" <ada@example.com>',
    'ada@example.com, Bea <bea@example.com>',
    '"bea@example.com, Bea" <ada@example.com>',
    'Team: ada@example.com;',
    'Ada\r\nBcc: x <ada@example.com>',
    'ada@example.com (Ada)',
    'jörg@example.com',
    'ada @example.com',
    '"a b"@example.com',
    'ada@exam ple.com',
    'ada@example.com\r\nRCPT TO:<x@evil.example>',
    `${'a'.repeat(250)}@example.com`,
  ])('is not read from %j', (text) => {
    expect(parseMailboxAddress(text)).toBeNull();
  });

  it('is an address in ASCII without anything that separates addresses, if it is one at all', () => {
    const part = fc.constantFrom(
      'a@b.c',
      '@',
      '<',
      '>',
      ',',
      ';',
      ':',
      '"',
      '(',
      ')',
      '\\',
      '\r\n',
      '\0',
      ' ',
      'ü',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: part }),
      fc.string({ unit: part }).map((name) => `${name} <ada@example.com>`),
      fc.string({ unit: 'grapheme' }).map((name) => `${name} <ada@example.com>`),
    );
    let read = 0;
    fc.assert(
      fc.property(text, (given) => {
        const parsed = parseMailboxAddress(given);
        if (parsed === null) return;
        read += 1;
        expect(parsed.address).toMatch(/^[\x21-\x7e]+$/);
        expect(parsed.address).toMatch(/^[^@<>,;:"()\\]+@[^@<>,;:"()\\]+$/);
        expect(parsed.name).not.toMatch(/\p{Cc}|^\S+@\S+$|@.*[,;]|[,;].*@/u);
      }),
      { numRuns: 1000 },
    );
    expect(read).toBeGreaterThan(100);
  });
});
