import { describe, expect, it } from '@jest/globals';
import { shownAddress } from './shown-address.js';

describe('an address that mail would go to', () => {
  it.each<[string, { name: string; address: string }, string]>([
    ['its name behind it', { name: 'Bea', address: 'bea@example.com' }, 'bea@example.com, named “Bea”'],
    [
      'a name that looks like another address',
      { name: 'boss@corp.example', address: 'thief@evil.example' },
      'thief@evil.example, named “boss@corp.example”',
    ],
    [
      'a domain that looks like another one in its ASCII form',
      { name: '', address: 'service@p\u0430ypal.example' },
      'service@xn--pypal-4ve.example (reads as service@p\u0430ypal.example)',
    ],
    [
      'a domain given in ASCII with what it stands for',
      { name: '', address: 'a@xn--bcher-kva.example' },
      'a@xn--bcher-kva.example (reads as a@bücher.example)',
    ],
    [
      'letters beyond ASCII in a local part',
      { name: '', address: 'b\u00F6b@example.com' },
      'b\u00F6b@example.com holds letters beyond ASCII',
    ],
    ['what is no address as it is', { name: '', address: 'not one' }, 'not one'],
    [
      'an override within it',
      { name: '', address: 'a\u202E@example.com' },
      'a[U+202E]@example.com holds letters beyond ASCII',
    ],
  ])('is shown with %s', (_case, address, read) => {
    expect(shownAddress(address).text.replaceAll(/<[^>]+>/g, '')).toBe(read);
  });
});
