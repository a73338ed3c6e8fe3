import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { storedText } from './stored-text.js';

const text = storedText(200);

it('takes whatever UTF-8 can hold, but for NUL, trimmed', () => {
  const written = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(written, (given) => {
      fc.pre(given.trim() !== '' && !given.includes('\0') && given.length <= 200);
      const taken = text.parse(given);
      expect(taken).toBe(given.trim());
      expect(Buffer.from(taken).toString()).toBe(taken);
    }),
  );
});

it.each(['', ' ', 'a\0b', '\ud800', 'x\udfff', 'x'.repeat(201)])('refuses %j', (given) => {
  expect(text.safeParse(given).success).toBe(false);
});
