import { createHmac } from 'node:crypto';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HmacKey } from './hmac-key.js';

it('is the HMAC of the platform', () => {
  const key = fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(key, fc.string({ unit: 'binary' }), (secret, text) => {
      const expected = createHmac('sha256', secret).update(text).digest('hex');
      expect(new HmacKey(secret).of(text).toString('hex')).toBe(expected);
    }),
  );
});

it('takes no key that would have to be hashed first', () => {
  expect(() => new HmacKey(Buffer.alloc(65))).toThrow(RangeError);
});
