import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EvergrantError } from '../../errors/index.js';
import { checkReturnTo, withConsentResult } from './return-to.js';

const allowed = ['https://app.example.com', 'http://localhost:3000'];

describe('returnTo', () => {
  it('leads to allowed origins only, whatever it looks like', () => {
    const tricks = fc.constantFrom('@', '\\', '//', '.', ':443', '#', '?', '%2f', '\t', 'javascript:', ' ');
    const candidate = fc
      .array(
        fc.oneof(
          tricks,
          fc.constantFrom(...allowed, 'evil.example', 'https://'),
          fc.string({ maxLength: 4 }),
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(candidate, (returnTo) => {
        try {
          expect(allowed).toContain(new URL(checkReturnTo(returnTo, allowed)).origin);
        } catch (error) {
          expect(error).toBeInstanceOf(EvergrantError);
        }
      }),
    );
  });

  it('keeps its own query and fragment beside the result', () => {
    expect(withConsentResult('https://app.example.com/a?b=1#c', { error: 'access_denied' })).toBe(
      'https://app.example.com/a?b=1&error=access_denied#c',
    );
  });
});
