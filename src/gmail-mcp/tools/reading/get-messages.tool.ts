import pMap from 'p-map';
import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes } from '../../../gmail/index.js';
import { answerRoom, defaultPageChars, maxPageChars } from '../answer-budget.js';
import { concurrentReads } from '../concurrent-reads.js';
import { defineTool, type ToolContext } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { fillItems, messageItem, type ReadOutcome } from './message-items.js';

export const getMessages = defineTool({
  name: 'get_messages',
  title: 'Get messages',
  description:
    'Reads up to 50 messages, each with a status: ok, not_found, failed (see errorCode) or not_read: call again ' +
    'with remainingIds. get_message reads a cut body on.',
  inputSchema: z.strictObject({
    messageIds: z.array(gmailId('message')).min(1).max(50),
    maxChars: z.int().min(1000).default(defaultPageChars).describe(`In all, up to ${maxPageChars}`),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    messages: z.array(messageItem),
    remainingIds: z.array(z.string()).describe('Those that failed, and those that did not fit'),
  }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  handler: async ({ messageIds, maxChars }, context) => {
    const messages = await fillItems(
      [...new Set(messageIds)],
      { room: answerRoom(maxChars), atOnce: concurrentReads },
      (ids) => pMap(ids, (id) => readOne(id, context), { signal: context.signal }),
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

/** @throws what is not about this message alone: a person has to act, or nothing helps. */
async function readOne(id: string, { mailbox, reader }: ToolContext): Promise<ReadOutcome> {
  try {
    return { status: 'ok', message: await reader.read(await mailbox.getMessage(id, { format: 'full' })) };
  } catch (error) {
    if (!(error instanceof EvergrantError) || error.requiresReauth) throw error;
    if (error.code === 'NOT_FOUND') return { status: 'not_found' };
    if (error.code === 'INSUFFICIENT_SCOPE' || error.code === 'ADMIN_BLOCKED') throw error;
    return { status: 'failed', error };
  }
}
