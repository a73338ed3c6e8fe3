import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openText, sealingKeyId, sealText, type SealingKey } from './sealed-text.js';

const key: SealingKey = { id: 'k1', key: randomBytes(32) };
const binding = ['tenant', 'credential', 'refresh_token', 3];

describe('a sealed text', () => {
  it('opens to what was sealed, whatever that was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (plaintext) => {
        const bytes = Buffer.from(plaintext);
        expect(openText(key, sealText(key, bytes, binding), binding).equals(bytes)).toBe(true);
      }),
    );
  });

  it('names its key and never looks the same twice', () => {
    const first = sealText(key, 'token', binding);
    expect(sealingKeyId(first)).toBe('k1');
    expect(sealText(key, 'token', binding)).not.toBe(first);
  });

  it.each([
    ['tenant', ['other', 'credential', 'refresh_token', 3]],
    ['credential', ['tenant', 'other', 'refresh_token', 3]],
    ['field', ['tenant', 'credential', 'access_token', 3]],
    ['generation', ['tenant', 'credential', 'refresh_token', 4]],
    ['grouping of the parts', ['tenantcredential', 'refresh_token', 3]],
  ])('does not open for another %s', (_part, other) => {
    const sealed = sealText(key, 'token', binding);
    expect(() => openText(key, sealed, other)).toThrow();
  });

  it('does not open with another key, even one of the same id', () => {
    const sealed = sealText(key, 'token', binding);
    expect(() => openText({ id: 'k2', key: key.key }, sealed, binding)).toThrow('another key');
    expect(() => openText({ id: 'k1', key: randomBytes(32) }, sealed, binding)).toThrow();
  });

  it('does not open when any character is altered or cut', () => {
    const sealed = sealText(key, 'token', binding);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), (at) => {
        const altered = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
        // The last base64url character may hold unused bits; equal bytes are the same text.
        fc.pre(
          !Buffer.from(altered.split('.')[2] ?? '', 'base64url').equals(
            Buffer.from(sealed.split('.')[2]!, 'base64url'),
          ) || at < 7,
        );
        expect(() => openText(key, altered, binding)).toThrow();
        expect(() => openText(key, sealed.slice(0, at), binding)).toThrow();
      }),
    );
  });
});
