import pMap from 'p-map';
import { z } from 'zod';
import { type GmailMessage, gmailScopes } from '../../../gmail/index.js';
import { answerRoom, defaultPageChars } from '../answer-budget.js';
import { concurrentReads } from '../concurrent-reads.js';
import { counted } from '../answers/counted-reads.js';
import { defineTool, type ToolContext } from '../define-tool.js';
import { failureOfOne } from '../failed-reads.js';
import { gmailId } from '../gmail-id.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { fillItems, messageItem, type ReadOutcome } from './message-items.js';
import { itemText } from './item-text.js';
import { pageOfMessage } from './message-view.js';

export const getMessages = defineTool({
  name: 'get_messages',
  toolset: 'core',
  title: 'Get messages',
  description:
    'Reads up to 50 messages. For those that failed or did not fit, call again with remainingIds. get_message reads a ' +
    'cut body on.',
  inputSchema: z.strictObject({
    messageIds: z.array(gmailId('message')).min(1).max(50),
    maxChars: z.int().min(1000).default(defaultPageChars),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    messages: z.array(messageItem),
    remainingIds: z.array(z.string()).describe('Those that failed, and those that did not fit'),
  }),
  answer: {
    text: ({ messages, remainingIds }, fence) => [
      ...messages.flatMap((each) => itemText(each, fence)),
      remainingIds.length > 0 &&
        fence.own(`${remainingIds.length} remain, call again with messageIds ${remainingIds.join(', ')}`),
    ],
    lean: z.object({
      messages: z.array(
        pageOfMessage.extend(
          messageItem.pick({ status: true, errorCode: true, retryAfterSeconds: true }).shape,
        ),
      ),
      remainingIds: z.array(z.string()),
    }),
    structure: (answer, fence) => ({
      ...answer,
      messages: answer.messages.map(({ body, ...each }) => ({
        ...each,
        ...(body && { body: fence.enclosed(body) }),
      })),
    }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  mailTexts: ({ messages }) =>
    messages.flatMap(({ threadId, body }) =>
      threadId === undefined || body === undefined ? [] : [{ threadId, text: body.text }],
    ),
  handler: async ({ messageIds, maxChars }, context) => {
    const wanted = [...new Set(messageIds)];
    const batch = context.mailbox.batch(wanted, { format: 'full' });
    const read = counted(wanted.length, context, (id: string) => readOne(batch.read(id), context));
    const messages = await fillItems(wanted, { room: answerRoom(maxChars), atOnce: concurrentReads }, (ids) =>
      pMap(ids, read, { signal: context.signal }),
    );
    return {
      notice: untrustedContentNotice,
      messages,
      remainingIds: messages
        .filter(({ status }) => status === 'not_read' || status === 'failed')
        .map(({ id }) => id),
    };
  },
});

/** @throws as `failureOfOne` does */
async function readOne(message: Promise<GmailMessage>, { reader }: ToolContext): Promise<ReadOutcome> {
  try {
    return { status: 'ok', message: await reader.read(await message) };
  } catch (thrown) {
    const error = failureOfOne(thrown);
    return error.code === 'NOT_FOUND' ? { status: 'not_found' } : { status: 'failed', error };
  }
}
