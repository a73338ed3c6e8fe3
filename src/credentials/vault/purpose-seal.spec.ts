import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MasterKeyring } from './master-keyring.js';
import { PurposeSeal } from './purpose-seal.js';

const older = { id: 'k1', key: randomBytes(32) };
const newer = { id: 'k2', key: randomBytes(32) };

function headOf(sealed: string): string {
  return sealed.slice(0, sealed.lastIndexOf('.'));
}

function bytesOf(sealed: string): Buffer {
  return Buffer.from(sealed.slice(sealed.lastIndexOf('.') + 1), 'base64url');
}

describe('what is sealed for a purpose', () => {
  it('opens after a rotation, as long as its key is there', () => {
    const sealed = new PurposeSeal([older], 'links').seal('text');

    expect(new PurposeSeal([newer, older], 'links').open(sealed)).toBe('text');
    expect(new PurposeSeal([newer], 'links').open(sealed)).toBeNull();
  });

  it('is sealed with the first key', () => {
    const sealed = new PurposeSeal([newer, older], 'links').seal('text');

    expect(new PurposeSeal([newer], 'links').open(sealed)).toBe('text');
  });

  it('opens for no other purpose, and not with the master key itself', () => {
    const sealed = new PurposeSeal([older], 'links').seal('text');

    expect(new PurposeSeal([older], 'others').open(sealed)).toBeNull();
    expect(() => new MasterKeyring([older]).unwrap(sealed, ['links'])).toThrow('not what was sealed');
  });

  it('does not open with any character changed, nor cut short', () => {
    const seal = new PurposeSeal([older], 'links');
    const sealed = seal.seal('["tenant","instance"]');
    fc.assert(
      fc.property(
        fc.nat(sealed.length - 1),
        fc.constantFrom('A', 'B', 'a', '0', '_', '-', '.'),
        (at, other) => {
          const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
          // The last character holds bits that mean nothing.
          const isSame = headOf(changed) === headOf(sealed) && bytesOf(changed).equals(bytesOf(sealed));
          expect(seal.open(changed)).toBe(isSame ? '["tenant","instance"]' : null);
          expect(seal.open(sealed.slice(0, at))).toBeNull();
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it.each(['', '.', '..', 'eg1.k1.', 'eg1..AAAA', `eg1.k1.${'A'.repeat(60)}`, '💥', 'eg1.__proto__.AAAA'])(
    'says of %j that it is none',
    (text) => {
      expect(new PurposeSeal([older], 'links').open(text)).toBeNull();
    },
  );
});
