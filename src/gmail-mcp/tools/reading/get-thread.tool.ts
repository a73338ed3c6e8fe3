import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { type GmailMessage, gmailScopes, readHead } from '../../../gmail/index.js';
import { answerRoom, defaultPageChars } from '../answer-budget.js';
import { field } from '../answers/fence.js';
import { counted } from '../answers/counted-reads.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { shorten } from '../shorten.js';
import { messageText } from './message-text.js';
import { messageView, pageOfMessage } from './message-view.js';
import { threadPage } from './thread-page.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';

const maxSubjectChars = 300;

export const getThread = defineTool({
  name: 'get_thread',
  toolset: 'core',
  title: 'Get thread',
  description:
    'Reads a conversation, newest message first. For older ones, pass nextPageToken as pageToken. get_message reads ' +
    'a cut body on. What repeats older messages is folded unless expandQuotes is true.',
  inputSchema: z.strictObject({
    threadId: gmailId('thread'),
    maxChars: z.int().min(1000).default(defaultPageChars),
    expandQuotes: z.boolean().default(false),
    pageToken: gmailId('message').optional(),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    threadId: z.string(),
    subject: z.string().nullable(),
    totalMessages: z.int(),
    messages: z.array(messageView).describe('Newest first'),
    olderMessages: z.int().describe('How many older messages are not on this page or the pages before'),
    nextPageToken: z.string().optional(),
  }),
  answer: {
    text: ({ threadId, subject, totalMessages, messages, olderMessages, nextPageToken }, fence) => [
      fence.own(`thread ${threadId}: ${totalMessages} messages, newest first`),
      field('Subject', subject),
      ...messages.flatMap((each) => messageText(each, fence)),
      olderMessages > 0 && fence.own(`${olderMessages} older messages: pageToken ${nextPageToken ?? ''}`),
    ],
    lean: z.object({
      threadId: z.string(),
      totalMessages: z.int(),
      messages: z.array(pageOfMessage),
      olderMessages: z.int(),
      nextPageToken: z.string().optional(),
    }),
    structure: (thread, fence) => ({
      ...thread,
      messages: thread.messages.map((each) => ({ ...each, body: fence.enclosed(each.body) })),
    }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  mailTexts: ({ threadId, messages }) => messages.map(({ body: { text } }) => ({ threadId, text })),
  handler: async ({ threadId, maxChars, expandQuotes, pageToken }, { mailbox, reader, progress }) => {
    const thread = await mailbox.getThread(threadId, { format: 'full' });
    const [oldest] = thread.messages;
    const newestFirst = thread.messages.toReversed();
    const start = pageToken === undefined ? 0 : positionAfter(newestFirst, pageToken);
    const page = await threadPage(newestFirst.slice(start), {
      room: answerRoom(maxChars),
      expandQuotes,
      read: counted(newestFirst.length - start, { progress }, async (message: GmailMessage) => {
        await mailbox.completeText(message);
        return reader.read(message);
      }),
    });
    const olderMessages = newestFirst.length - start - page.length;
    return {
      notice: untrustedContentNotice,
      threadId: thread.id,
      subject: oldest === undefined ? null : shorten(readHead(oldest).subject, maxSubjectChars),
      totalMessages: newestFirst.length,
      messages: page,
      olderMessages,
      ...(olderMessages > 0 ? { nextPageToken: page.at(-1)?.id } : {}),
    };
  },
});

/** A page begins after a message, not at a number, so that mail which comes in meanwhile shifts nothing. */
function positionAfter(messages: readonly { id: string }[], messageId: string): number {
  const index = messages.findIndex(({ id }) => id === messageId);
  if (index >= 0) return index + 1;
  throw new EvergrantError('VALIDATION_FAILED', {
    field: 'pageToken',
    message: 'No message of this thread has the id in "pageToken": start again without it',
  });
}
