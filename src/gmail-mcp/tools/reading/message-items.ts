import { z } from 'zod';
import type { EvergrantError } from '../../../errors/index.js';
import type { ReadableMessage } from '../../../gmail/index.js';
import { shorten } from '../shorten.js';
import type { Room } from './body-view.js';
import { messageView, viewMessage } from './message-view.js';

const maxSubjectChars = 300;

/** How one of several reads ended. */
export type ReadOutcome =
  | { status: 'ok'; message: ReadableMessage }
  | { status: 'not_found' }
  | { status: 'failed'; error: EvergrantError };

/** One of the messages asked for: itself if it was read, else why it was not. */
export const messageItem = z.object({
  id: z.string(),
  status: z.enum(['ok', 'not_found', 'failed', 'not_read']),
  errorCode: z.string().optional().describe('Why it failed'),
  retryAfterSeconds: z.number().optional(),
  threadId: z.string().optional(),
  subject: z.string().nullable().optional(),
  ...messageView.omit({ id: true }).partial().shape,
});
export type MessageItem = z.input<typeof messageItem>;

/**
 * The messages in the given order, as many as there is room for, and at least one; the rest is `not_read`, and not even
 * asked for.
 * @throws EvergrantError when all that were asked for failed
 */
export async function fillItems(
  ids: readonly string[],
  { room, atOnce }: { room: Room; atOnce: number },
  readSome: (ids: readonly string[]) => Promise<ReadOutcome[]>,
): Promise<MessageItem[]> {
  const items: MessageItem[] = [];
  const left = { ...room };
  let firstFailure: EvergrantError | undefined;
  let isFull = false;
  for (let start = 0; start < ids.length; start += atOnce) {
    const some = ids.slice(start, start + atOnce);
    const outcomes = isFull ? [] : await readSome(some);
    for (const [index, id] of some.entries()) {
      const outcome = outcomes[index];
      const item =
        outcome &&
        itemOf(
          id,
          outcome,
          left,
          items.every(({ status }) => status !== 'ok'),
        );
      if (outcome?.status === 'failed') firstFailure ??= outcome.error;
      if (item === undefined) isFull = true;
      items.push(item ?? { id, status: 'not_read' });
    }
  }
  if (firstFailure !== undefined && items.every(({ status }) => status === 'failed')) throw firstFailure;
  return items;
}

/** Undefined where there is no room for it; what is shown is taken from the room. */
function itemOf(id: string, outcome: ReadOutcome, left: Room, isFirst: boolean): MessageItem | undefined {
  switch (outcome.status) {
    case 'not_found':
      return { id, status: 'not_found' };
    case 'failed': {
      const { code, retryAfterSeconds } = outcome.error;
      return { id, status: 'failed', errorCode: code, ...(retryAfterSeconds && { retryAfterSeconds }) };
    }
    case 'ok': {
      const { threadId, subject } = outcome.message;
      const whole = viewMessage(outcome.message, { chars: Infinity, tokens: Infinity });
      const fits = whole.taken.chars <= left.chars && whole.taken.tokens <= left.tokens;
      if (!fits && !isFirst) return undefined;
      const { view, taken } = fits ? whole : viewMessage(outcome.message, left);
      left.chars -= taken.chars;
      left.tokens -= taken.tokens;
      return { ...view, id, status: 'ok', threadId, subject: shorten(subject, maxSubjectChars) };
    }
  }
}
