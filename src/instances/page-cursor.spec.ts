import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EvergrantError } from '../errors/index.js';
import { decodeCursor, encodeCursor } from './page-cursor.js';

describe('a page cursor', () => {
  it.each(['2026-11-23 18:18:00.123456+00', '2026-11-23 18:18:00+05:30'])('leads back to %s', (position) => {
    const end = { position, id: '0b8f4c9e-9d3b-4f65-8f0e-3a1c2d4e5f60' };
    expect(decodeCursor(encodeCursor(end))).toEqual(end);
  });

  it('that we did not make is refused by name, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (cursor) => {
          expect(() => decodeCursor(cursor)).toThrow(EvergrantError);
          try {
            decodeCursor(cursor);
          } catch (error) {
            expect(error).toMatchObject({ code: 'VALIDATION_FAILED', field: 'cursor' });
          }
        },
      ),
    );
  });
});
