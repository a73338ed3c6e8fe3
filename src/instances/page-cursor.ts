import { z } from 'zod';
import { EvergrantError } from '../errors/index.js';

/** Where a page ended: a creation instant to the microsecond (as PostgreSQL prints it) and an id. */
export interface PageEnd {
  position: string;
  id: string;
}

const pageEnd = z.tuple([
  z.string().regex(/^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/),
  z.guid(),
]);

export function encodeCursor({ position, id }: PageEnd): string {
  return Buffer.from(JSON.stringify([position, id])).toString('base64url');
}

/** @throws EvergrantError `VALIDATION_FAILED` for anything that {@link encodeCursor} did not make */
export function decodeCursor(cursor: string): PageEnd {
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
