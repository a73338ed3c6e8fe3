import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';

/** Up to where a caller knows the changes of a mailbox. */
export interface ChangesPosition {
  historyId: string;
  /** When it was given out, in seconds since the epoch. */
  atSeconds: number;
  /** So many changes of the next record are known too, since they did not fit into one answer. */
  skip?: number | undefined;
}

const version = 1;
const content = z.tuple([
  z.literal(version),
  z.string().regex(/^\d{1,40}$/),
  z.int().min(0).max(1e11),
  z.string(),
  z.int().min(1).max(1e6).optional(),
]);

/** An opaque text that holds all there is to know of a position: it outlives restarts and works in every process. */
export function changesCursor(instanceId: string, { historyId, atSeconds, skip }: ChangesPosition): string {
  const known = [version, historyId, atSeconds, markOf(instanceId)] as const;
  const parts: z.input<typeof content> = skip ? [...known, skip] : [...known];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws EvergrantError `VALIDATION_FAILED` for what is none of this instance: its numbers mean nothing in another mailbox */
export function readChangesCursor(instanceId: string, cursor: string): ChangesPosition {
  const parsed = content.safeParse(parsedJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success || parsed.data[3] !== markOf(instanceId))
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'cursor',
      message:
        'The argument "cursor" is not a cursor of this mailbox: call list_changes without one to begin',
    });
  const [, historyId, atSeconds, , skip] = parsed.data;
  return { historyId, atSeconds, skip };
}

/** No secret: a cursor opens nothing, it only must not be taken for that of another mailbox. */
function markOf(instanceId: string): string {
  return createHash('sha256').update(instanceId).digest('base64url').slice(0, 12);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
