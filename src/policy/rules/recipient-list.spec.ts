import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RecipientList } from './recipient-list.js';

type Match = 'both' | 'forbids' | 'neither';

function matchOf(entry: string, address: string): Match | 'permits' {
  const list = new RecipientList([entry]);
  const [permits, forbids] = [list.permits(address), list.forbids(address)];
  if (permits) return forbids ? 'both' : 'permits';
  return forbids ? 'forbids' : 'neither';
}

describe('an entry of a list of recipients', () => {
  it.each<[entry: string, address: string, match: Match]>([
    ['ada@example.com', 'ada@example.com', 'both'],
    ['Ada@Example.COM', 'aDA@eXAMPLE.com', 'both'],
    ['ada@example.com', 'bea@example.com', 'neither'],
    ['ada@example.com', 'ada@mail.example.com', 'neither'],
    ['ada@example.com', 'ada@example.com.', 'both'],
    ['ada@example.com', '"ada"@example.com', 'both'],
    ['ada@example.com', '"a\\da"@example.com', 'both'],
    // Another mailbox's address, as far as one can tell; the same one's, in most places.
    ['ada@example.com', 'ada+shop@example.com', 'forbids'],
    ['ada+shop@example.com', 'ada+shop@example.com', 'both'],
    ['ada+shop@example.com', 'ada@example.com', 'neither'],
    ['ada+shop@example.com', 'ada+other@example.com', 'neither'],
    ['ada@example.com', '+ada@example.com', 'neither'],
    ['a.da@example.com', 'ada@example.com', 'neither'],
    ['a.da@gmail.com', 'ada@gmail.com', 'forbids'],
    ['ada@gmail.com', 'A.D.A+x@googlemail.com', 'forbids'],
    // A domain is that domain; with *. it is all below it, too.
    ['@example.com', 'ada@example.com', 'both'],
    ['@EXAMPLE.com.', 'ada+x@example.com', 'both'],
    ['@example.com', 'ada@mail.example.com', 'neither'],
    ['@example.com', 'ada@badexample.com', 'neither'],
    ['@example.com', 'ada@example.com.evil.example', 'neither'],
    ['@*.example.com', 'ada@example.com', 'both'],
    ['@*.example.com', 'ada@a.b.example.com', 'both'],
    ['@*.example.com', 'ada@badexample.com', 'neither'],
    ['@bücher.example', 'ada@xn--bcher-kva.example', 'both'],
    ['@xn--bcher-kva.example', 'ada@BÜCHER.example', 'both'],
    ['@*.bücher.example', 'ada@shop.xn--bcher-kva.example', 'both'],
    // A Cyrillic letter that looks the same.
    ['@example.com', 'ada@ex\u0430mple.com', 'neither'],
    ['@example.com', 'ada@example\u3002com', 'both'],
    ['jörg@example.com', 'jo\u0308rg@example.com', 'both'],
    // What only looks like an address: names are never matched, nor are lists and groups.
    ['ada@example.com', 'Ada <ada@example.com>', 'neither'],
    ['ada@example.com', '"ada@example.com" <eve@evil.example>', 'neither'],
    ['@example.com', 'ada@example.com <eve@evil.example>', 'neither'],
    ['@example.com', 'eve@evil.example,ada@example.com', 'neither'],
    ['@example.com', 'Team: ada@example.com;', 'neither'],
    ['@example.com', 'eve@evil.example@example.com', 'neither'],
    ['@example.com', '"eve@evil.example"@example.com', 'both'],
    ['@example.com', 'ada@ex%61mple.com', 'neither'],
    ['@example.com', 'ada@evil.example/@example.com', 'neither'],
    ['@example.com', 'ada@', 'neither'],
    ['@example.com', '@example.com', 'neither'],
    ['@example.com', 'ada', 'neither'],
    ['@example.com', '', 'neither'],
  ])('%j and %j: %s', (entry, address, match) => {
    expect(matchOf(entry, address)).toBe(match);
  });

  it('forbids whatever it permits, of any text', () => {
    const part = fc.constantFrom(
      'ada',
      'Ada',
      '+x',
      '.',
      '@',
      '"',
      '\\',
      'example.com',
      'gmail.com',
      'sub.',
      '<',
      ' ',
    );
    const text = fc.oneof(fc.string({ unit: part, maxLength: 6 }), fc.emailAddress());
    const entry = fc.oneof(
      text,
      fc.domain().map((domain) => `@${domain}`),
      fc.constant('@*.example.com'),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), text, (entries, address) => {
        const list = new RecipientList([...entries, address]);
        if (list.permits(address)) expect(list.forbids(address)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('holds five hundred recipients against five hundred entries at once', () => {
    const entries = Array.from({ length: 500 }, (_, n) => `@*.d${n}.example`);
    const list = new RecipientList(entries);
    const deep = `${'a.'.repeat(100)}d499.example`;
    const startedAt = performance.now();
    for (let n = 0; n < 500; n += 1) expect(list.forbids(`ada+${n}@${deep}`)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
