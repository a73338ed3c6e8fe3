import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes, type Mailbox, type MailboxHistory } from '../../../gmail/index.js';
import { answerRoom, maxCharsOfList } from '../answer-budget.js';
import { defineTool, type ToolContext } from '../define-tool.js';
import { failedRead, SeveralReads } from '../failed-reads.js';
import { messageSummary, summaryOf, summarySelection } from '../message-summary.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { changesCursor, type ChangesPosition, readChangesCursor } from './changes-cursor.js';
import { changesPage } from './changes-page.js';
import { changesText } from './changes-text.js';
import { mailboxChanges } from './mailbox-changes.js';

/** Each may bring several messages, and each new one is summarised. */
const recordsPerPage = 15;

export const listChanges = defineTool({
  name: 'list_changes',
  toolset: 'core',
  title: 'List changes',
  description:
    'Tells what is new since a cursor: new and deleted messages, labels added and removed. Without a cursor it ' +
    'gives one for later. If hasMore, call again with the new cursor.',
  inputSchema: z.strictObject({
    maxChars: maxCharsOfList,
    cursor: z.string().max(300).optional(),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    status: z.enum(['started', 'changes', 'resync']),
    newMessages: z.array(messageSummary),
    failed: z.array(failedRead).optional(),
    deletedMessageIds: z.array(z.string()),
    labelChanges: z.array(
      z.object({
        messageId: z.string(),
        threadId: z.string(),
        added: z.array(z.string()),
        removed: z.array(z.string()),
      }),
    ),
    hasMore: z.boolean(),
    cursor: z.string().describe('For the next call'),
    advice: z.string().optional(),
  }),
  answer: {
    text: changesText,
    lean: z.object({
      status: z.enum(['started', 'changes', 'resync']),
      newMessages: z.array(z.object({ id: z.string() })),
      failed: z.array(failedRead).optional(),
      hasMore: z.boolean(),
      cursor: z.string(),
    }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.metadata],
  handler: async ({ maxChars, cursor }, { mailbox, instance, signal, toolName }) => {
    const nothing = { newMessages: [], deletedMessageIds: [], labelChanges: [], hasMore: false };
    const cursorAt = (historyId: string, skip?: number): string =>
      changesCursor(instance.id, { historyId, atSeconds: Math.floor(Date.now() / 1000), skip });
    if (cursor === undefined) {
      const { historyId } = await mailbox.getProfile();
      return answer('started', { ...nothing, cursor: cursorAt(historyId) });
    }
    const since = readChangesCursor(instance.id, cursor);
    const history = await historySince(since, mailbox);
    if (history === null) {
      const { historyId } = await mailbox.getProfile();
      return answer('resync', {
        ...nothing,
        cursor: cursorAt(historyId),
        advice: adviceFor(since, toolName),
      });
    }
    const all = history.history;
    const room = answerRoom(maxChars);
    const batch = mailbox.batch(mailboxChanges(all).newMessageIds, summarySelection);
    const reads = new SeveralReads();
    const { records, skip, ...changes } = await changesPage(all, {
      ...{ skip: since.skip ?? 0, room, signal },
      summaryOf: (id) => reads.read(id, batch.read(id).then(summaryOf)),
    });
    const hasMore = history.nextPageToken !== undefined || records < all.length;
    // Records are told by their ids, so the last one told is where the next call begins.
    const position = hasMore ? (all[records - 1]?.id ?? since.historyId) : history.historyId;
    return answer('changes', {
      ...changes,
      failed: reads.failed(),
      hasMore,
      cursor: cursorAt(position, skip),
    });
  },
});

function answer<Status extends string, Rest extends object>(status: Status, rest: Rest) {
  return { notice: untrustedContentNotice, status, ...rest };
}

/** Null where Gmail no longer knows so old a position. */
async function historySince(
  { historyId }: ChangesPosition,
  mailbox: Mailbox,
): Promise<MailboxHistory | null> {
  try {
    return await mailbox.listHistory(historyId, recordsPerPage);
  } catch (error) {
    if (error instanceof EvergrantError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

function adviceFor({ atSeconds }: ChangesPosition, toolName: ToolContext['toolName']): string {
  return (
    `Search for the messages that came since with ${toolName('search_messages')} and the query "after:${atSeconds}", read ` +
    'again what you keep of others, and go on with the new cursor'
  );
}
