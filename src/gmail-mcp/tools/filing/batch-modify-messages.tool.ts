import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes, mostMessagesAtOnce } from '../../../gmail/index.js';
import { defineTool, type ToolContext } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { checkLabelChanges, fileWith, labelChangeFields } from '../labels/label-changes.js';
import { namingArgument } from '../naming-argument.js';
import { type MatchingMessages, matchingMessages, readContinuation } from './matching-messages.js';

const mostInOneCall = 10_000;

const input = z
  .strictObject({
    messageIds: z.array(gmailId('message')).min(1).max(mostMessagesAtOnce).optional(),
    query: z.string().trim().min(1).max(2000).optional().describe('Instead of messageIds'),
    ...labelChangeFields,
    maxMessages: z.int().min(1).max(mostInOneCall).default(mostMessagesAtOnce),
    pageToken: z.string().optional(),
  })
  .superRefine((given, context) => {
    checkLabelChanges(given, context);
    if ((given.messageIds === undefined) === (given.query === undefined))
      context.addIssue({ code: 'custom', path: ['query'], message: 'give either messageIds or a query' });
    if (given.pageToken !== undefined && (given.query === undefined || !readContinuation(given.pageToken)))
      context.addIssue({
        code: 'custom',
        path: ['pageToken'],
        message: 'goes on with a query of this tool only',
      });
  });

export const batchModifyMessages = defineTool({
  name: 'batch_modify_messages',
  toolset: 'organize',
  title: 'Batch modify messages',
  description:
    'Does what modify_message_labels does to many messages: those of messageIds, or all that a query as of ' +
    'search_messages finds, up to maxMessages. For more, pass nextPageToken as pageToken.',
  inputSchema: input,
  outputSchema: z.object({
    modified: z.int(),
    matched: z.int(),
    addedLabelIds: z.array(z.string()),
    removedLabelIds: z.array(z.string()),
    nextPageToken: z.string().optional(),
    stopped: z.object({ errorCode: z.string(), retryAfterSeconds: z.number().optional() }).optional(),
  }),
  answer: {
    text: ({ modified, matched, addedLabelIds, removedLabelIds, nextPageToken, stopped }) => [
      `${modified} of ${matched} messages: added ${addedLabelIds.join(', ') || 'none'}, removed ${removedLabelIds.join(', ') || 'none'}`,
      stopped !== undefined &&
        `stopped by ${stopped.errorCode}; ${retryText(stopped.retryAfterSeconds)}: the same call again goes on`,
      nextPageToken !== undefined && `more with pageToken ${nextPageToken}`,
    ],
  },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.modify],
  handler: async ({ addLabelIds, removeLabelIds, ...which }, context) =>
    fileWith({ addLabelIds, removeLabelIds }, context.mailbox, async (changes) => {
      const { ids, next } = await messagesOf(which, context);
      const { modified, stopped } = await modifyAll(ids, changes, context);
      return {
        ...{ modified, matched: ids.length },
        ...{ addedLabelIds: changes.addLabelIds, removedLabelIds: changes.removeLabelIds },
        ...(stopped === null ? {} : { stopped }),
        ...(next === null || stopped !== null ? {} : { nextPageToken: next }),
      };
    }),
});

function retryText(seconds: number | undefined): string {
  return seconds === undefined ? 'later' : `after ${seconds} seconds`;
}

async function messagesOf(
  {
    messageIds,
    query = '',
    maxMessages,
    pageToken,
  }: Pick<z.output<typeof input>, 'messageIds' | 'query' | 'maxMessages' | 'pageToken'>,
  context: ToolContext,
): Promise<MatchingMessages> {
  if (messageIds !== undefined) return { ids: [...new Set(messageIds)], next: null };
  const from = pageToken === undefined ? null : readContinuation(pageToken);
  return matchingMessages({ query, from, most: maxMessages }, context).catch((error: unknown) => {
    throw namingArgument(error, 'query');
  });
}

interface Stop {
  errorCode: string;
  retryAfterSeconds?: number;
}

/**
 * Changes a thousand after the other. When the client hangs up, no further thousand is begun; a fault ends it, and is
 * told beside what was done.
 * @throws EvergrantError where nothing was done
 */
async function modifyAll(
  ids: readonly string[],
  changes: { addLabelIds: string[]; removeLabelIds: string[] },
  { filing, signal, progress }: ToolContext,
): Promise<{ modified: number; stopped: Stop | null }> {
  let modified = 0;
  while (modified < ids.length) {
    signal.throwIfAborted();
    const some = ids.slice(modified, modified + mostMessagesAtOnce);
    try {
      await filing.modifyMessages(some, changes);
    } catch (error) {
      if (modified === 0 || !(error instanceof EvergrantError)) throw error;
      const { code: errorCode, retryAfterSeconds } = error;
      return {
        modified,
        stopped: { errorCode, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
      };
    }
    modified += some.length;
    progress(modified, ids.length);
  }
  return { modified, stopped: null };
}
