import { z } from 'zod';
import { EvergrantError } from '../errors/index.js';

/** Where a page ended: a creation instant to the microsecond (as PostgreSQL prints it) and an id. */
export interface PageEnd {
  position: string;
  id: string;
}

/** Part of a list, in the order of creation, which later changes do not disturb. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** How much of a list is asked for, and from where on. */
export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

/** @param found what was asked for with a limit of one more than the page may hold */
export function pageOf<Row extends PageEnd>(found: Row[], limit: number): Page<Row> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: found.length > items.length && last ? encodeCursor(last) : null };
}

const pageEnd = z.tuple([
  z.string().regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/),
  z.guid(),
]);

export function encodeCursor({ position, id }: PageEnd): string {
  return Buffer.from(JSON.stringify([position, id])).toString('base64url');
}

/** @throws EvergrantError `VALIDATION_FAILED` for anything that {@link encodeCursor} did not make */
export function decodeCursor(cursor: string | undefined): PageEnd | null {
  if (cursor === undefined) return null;
  try {
    const [position, id] = pageEnd.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { position, id };
  } catch (cause) {
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'cursor',
      message: 'The cursor is not one of ours',
      cause,
    });
  }
}
