import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressParser } from 'postal-mime';
import { quoteBareNames } from './bare-names.js';
import { plainAddresses } from './plain-addresses.js';

describe('addresses of the plainest form', () => {
  it.each([
    ['ada@x.example', [{ name: '', address: 'ada@x.example' }]],
    ['<ada@x.example>', null],
    ['Ada King <ada@x.example>', [{ name: 'Ada King', address: 'ada@x.example' }]],
    [
      "J. O'Neil <o'neil@x.example>, bea@x.example",
      null, // A quote in the address itself.
    ],
    [
      'Ada King <ada@x.example>, bea+lists@x.example',
      [
        { name: 'Ada King', address: 'ada@x.example' },
        { name: '', address: 'bea+lists@x.example' },
      ],
    ],
    ['King, Ada <ada@x.example>', null],
    ['=?utf-8?Q?Ada?= <ada@x.example>', null],
    ['"Ada" <ada@x.example>', null],
    ['Ada (King) <ada@x.example>', null],
    ['Team: ada@x.example;', null],
    ['Ada <ada@x.example', null],
    ['', null],
  ])('%j are read at once, or left to the parser', (value, found) => {
    expect(plainAddresses(value)).toEqual(found);
  });

  it('are what the parser finds, where they are read at once', () => {
    const piece = fc.constantFrom(
      ...['Ada', 'Bea', 'x', '.', '@', '@x.example', '<', '>', ' <b@y.example>', ', ', ',', ' ', '  '],
      ...['"', '(', ')', ';', ':', "'", '-', '_', '+', '=?', '?=', '\\', '\n', 'ü', '0'],
    );
    const plainOne = fc.constantFrom('Ada King <ada@x.example>', 'b.c@y.example', "D. O'N <d_e+f@z.example>");
    const value = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc
        .array(fc.oneof({ weight: 5, arbitrary: plainOne }, piece), { maxLength: 5 })
        .map((all) => all.join(', ')),
    );
    fc.assert(
      fc.property(value, (text) => {
        const found = plainAddresses(text);
        if (found !== null) expect(addressParser(quoteBareNames(text))).toEqual(found);
      }),
      { numRuns: 5_000 },
    );
  });
});
