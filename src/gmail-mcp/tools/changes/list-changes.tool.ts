import pMap, { pMapSkip } from 'p-map';
import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes, type Mailbox, type MailboxHistory } from '../../../gmail/index.js';
import { concurrentReads } from '../concurrent-reads.js';
import { defineTool } from '../define-tool.js';
import { messageSummary, readSummary } from '../message-summary.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { changesCursor, type ChangesPosition, readChangesCursor } from './changes-cursor.js';
import { mailboxChanges } from './mailbox-changes.js';

/** Each may bring several messages, and each new one is summarised. */
const recordsPerPage = 15;

export const listChanges = defineTool({
  name: 'list_changes',
  title: 'List changes',
  description:
    'Tells what is new since a cursor: new and deleted messages, labels added and removed. Without a cursor it ' +
    'gives one for later. If hasMore, call again with the new cursor. If the status is "resync", follow advice.',
  inputSchema: z.strictObject({
    cursor: z.string().min(1).max(300).optional(),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    status: z.enum(['started', 'changes', 'resync']),
    newMessages: z.array(messageSummary),
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
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.metadata],
  handler: async ({ cursor }, { mailbox, instance, signal }) => {
    const nothing = { newMessages: [], deletedMessageIds: [], labelChanges: [], hasMore: false };
    const cursorAt = (historyId: string): string =>
      changesCursor(instance.id, { historyId, atSeconds: Math.floor(Date.now() / 1000) });
    if (cursor === undefined) {
      const { historyId } = await mailbox.getProfile();
      return answer('started', { ...nothing, cursor: cursorAt(historyId) });
    }
    const since = readChangesCursor(instance.id, cursor);
    const history = await historySince(since, mailbox);
    if (history === null) {
      const { historyId } = await mailbox.getProfile();
      return answer('resync', { ...nothing, cursor: cursorAt(historyId), advice: adviceFor(since) });
    }
    const { newMessageIds, ...changes } = mailboxChanges(history.history);
    const newMessages = await pMap(
      newMessageIds,
      async (id) => (await readSummary(id, mailbox)) ?? pMapSkip,
      { concurrency: concurrentReads, signal },
    );
    const hasMore = history.nextPageToken !== undefined;
    // Records are told by their ids, so the last one seen is where the next call begins.
    const position = hasMore ? (history.history.at(-1)?.id ?? since.historyId) : history.historyId;
    return answer('changes', { ...changes, newMessages, hasMore, cursor: cursorAt(position) });
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

function adviceFor({ atSeconds }: ChangesPosition): string {
  return (
    `Search for the messages that came since with search_messages and the query "after:${atSeconds}", read ` +
    'again what you keep of others, and go on with the new cursor'
  );
}
