import { randomBytes, randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { estimatedBits } from './secret-strength.js';

describe('the estimated strength of a secret', () => {
  it.each([
    ['one letter', 'a'.repeat(64)],
    ['a repeated word', 'password'.repeat(8)],
    ['a repeated word that is cut off', 'change-me-'.repeat(5).slice(0, 44)],
    ['two letters', 'ab'.repeat(32)],
    ['the digits again and again', '0123456789'.repeat(4)],
    ['the alphabet', 'abcdefghijklmnopqrstuvwxyz0123456789'],
    ['the alphabet backwards', 'zyxwvutsrqponmlkjihgfedcba9876543210'],
    ['keys of one row held down', `${'q'.repeat(20)}${'w'.repeat(20)}`],
    ['zero bytes', Buffer.alloc(32)],
    ['one byte', Buffer.alloc(32, 7)],
    ['bytes that count', Buffer.from(Array.from({ length: 32 }, (_, n) => n))],
    ['bytes that count by threes', Buffer.from(Array.from({ length: 32 }, (_, n) => (3 * n) % 256))],
  ])('is low for %s', (_case, secret) => {
    expect(estimatedBits(secret)).toBeLessThan(60);
  });

  it('is high for what was drawn at random, in any usual spelling', () => {
    for (let round = 0; round < 500; round += 1) {
      const digits = Array.from({ length: 32 }, () => randomInt(10)).join('');
      expect(estimatedBits(digits)).toBeGreaterThan(80);
      expect(estimatedBits(randomBytes(16).toString('hex'))).toBeGreaterThan(85);
      expect(estimatedBits(randomBytes(32).toString('base64url'))).toBeGreaterThan(128);
      expect(estimatedBits(randomBytes(32))).toBeGreaterThan(128);
    }
  });
});
