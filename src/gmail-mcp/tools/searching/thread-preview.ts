import { z } from 'zod';
import { type GmailThread, readHead } from '../../../gmail/index.js';
import { shorten } from '../shorten.js';
import type { MatchedMessages } from './matched-messages.js';

const maxHeaderChars = 160;
const mostShown = 3;
const mostParticipants = 8;

/** A conversation in a list: how much there is of it, and some of it. What is left out is counted. */
export const threadPreview = z.object({
  threadId: z.string(),
  subject: z.string().nullable(),
  totalMessages: z.int(),
  unreadMessages: z.int(),
  matchedMessages: z.int(),
  participants: z.array(z.string()).describe('The latest who wrote'),
  totalParticipants: z.int(),
  messages: z
    .array(
      z.object({
        id: z.string(),
        from: z.string().nullable(),
        date: z.string().nullable().describe('ISO 8601'),
        snippet: z.string(),
        matched: z.boolean(),
      }),
    )
    .describe('Newest first, those that matched before others'),
  messagesNotShown: z.int(),
});

/** What a list shows of a thread whose messages were read with their headers. */
export function previewOf(
  { id: threadId, messages }: GmailThread,
  matched: Pick<MatchedMessages, 'has'>,
): z.input<typeof threadPreview> {
  const newestFirst = messages.toReversed().map(readHead);
  const matching = newestFirst.filter(({ id }) => matched.has(id));
  const others = newestFirst.filter(({ id }) => !matched.has(id));
  const shown = new Set([...matching, ...others].slice(0, mostShown));
  const participants = [...new Set(newestFirst.flatMap(({ from }) => from ?? []))];
  return {
    threadId,
    subject: shorten(newestFirst.at(-1)?.subject ?? null, maxHeaderChars),
    totalMessages: messages.length,
    unreadMessages: newestFirst.filter(({ labelIds }) => labelIds.includes('UNREAD')).length,
    matchedMessages: matching.length,
    participants: participants.slice(0, mostParticipants).map((each) => shorten(each, maxHeaderChars)),
    totalParticipants: participants.length,
    messages: newestFirst
      .filter((each) => shown.has(each))
      .map(({ id, from, date, snippet }) => ({
        id,
        from: shorten(from, maxHeaderChars),
        date,
        snippet: shorten(snippet, maxHeaderChars),
        matched: matched.has(id),
      })),
    messagesNotShown: messages.length - shown.size,
  };
}
