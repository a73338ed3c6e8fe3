import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressParser } from 'postal-mime';
import { quoteBareNames } from './bare-names.js';

describe('display names that stand bare', () => {
  it.each([
    ['Lovelace, Ada <ada@x.example>', '"Lovelace, Ada" <ada@x.example>'],
    ['Lovelace, Ada, Countess <ada@x.example>', '"Lovelace, Ada, Countess" <ada@x.example>'],
    ['Support: Team <a@b.example>', '"Support: Team" <a@b.example>'],
    ['Ann (Acme) <a@b.example>', '"Ann (Acme)" <a@b.example>'],
    ["'ann@a.example' via Team <team@b.example>", `"'ann@a.example' via Team" <team@b.example>`],
    ['Ada <ada@x.example>, Bean, Bea <bea@x.example>', 'Ada <ada@x.example>, "Bean, Bea" <bea@x.example>'],
  ])('%s is %s', (bare, quoted) => {
    expect(quoteBareNames(bare)).toBe(quoted);
  });

  it.each([
    'ada@x.example',
    'ada@x.example, bea@x.example',
    'Ada Lovelace <ada@x.example>, bea@x.example',
    '"Lovelace, Ada" <ada@x.example>, Bea <bea@x.example>',
    '"a \\" b, c" <ada@x.example>',
    '=?utf-8?Q?J=C3=B6rg,?= <joerg@x.example>',
    'Team: ada@x.example, Bea <bea@x.example>;',
    'undisclosed-recipients:;',
    'Ada, Bea',
    '"unclosed, Ada <ada@x.example>, bea@x.example',
    'Ada <ada@x.example, bea@x.example',
    '"a\\',
  ])('%s stays as it is', (given) => {
    expect(quoteBareNames(given)).toBe(given);
  });

  it('lose and add no address, whatever they hold', () => {
    const name = fc.string({
      unit: fc.constantFrom('A', 'b', ' ', ',', ':', '(', ')', "'", '.', '\\', 'ü'),
    });
    const plain = fc.stringMatching(/^[a-z]{1,8}@x\.example$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, plain), { minLength: 1, maxLength: 4 }), (people) => {
        const given = people.map(([shown, address]) => `${shown.trim()} <${address}>`).join(', ');
        const found = addressParser(quoteBareNames(given)).map(({ address }) => address);
        for (const [, address] of people) expect(found).toContain(address);
      }),
    );
  });

  it.each(['x:', ':', 'x: ', 'a:b('])(
    'are read in linear time where there are thousands of "%s"',
    (piece) => {
      const header = `x${piece.repeat(50_000)}`;
      const started = performance.now();
      quoteBareNames(header);
      expect(performance.now() - started).toBeLessThan(500);
    },
  );
});
