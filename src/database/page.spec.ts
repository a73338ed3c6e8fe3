import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EvergrantError } from '../errors/index.js';
import { decodeCursor, encodeCursor, pageOf } from './page.js';

function end(position: string) {
  return { position, id: '0b8f4c9e-9d3b-4f65-8f0e-3a1c2d4e5f60' };
}

describe('a page cursor', () => {
  it.each(['2026-11-23 18:18:00.123456+00', '2026-11-23 18:18:00+05:30'])('leads back to %s', (position) => {
    expect(decodeCursor(encodeCursor(end(position)))).toEqual(end(position));
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

describe('a page', () => {
  const found = ['2026-01-01 00:00:00+00', '2026-01-02 00:00:00+00', '2026-01-03 00:00:00+00'].map(end);

  it('holds as much as was asked for, and leads on when there is more', () => {
    const page = pageOf(found, 2);
    expect(page.items).toEqual(found.slice(0, 2));
    expect(decodeCursor(page.nextCursor!)).toEqual(found[1]);
  });

  it('is the last one when nothing follows', () => {
    expect(pageOf(found, 3)).toEqual({ items: found, nextCursor: null });
    expect(pageOf([], 3)).toEqual({ items: [], nextCursor: null });
  });
});
