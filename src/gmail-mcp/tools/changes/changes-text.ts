import type { z } from 'zod';
import type { Fence, Line } from '../answers/fence.js';
import { type failedRead, failedText } from '../failed-reads.js';
import { type messageSummary, summaryText } from '../message-summary.js';
import type { MailboxChanges } from './mailbox-changes.js';

interface ToldChanges extends Omit<MailboxChanges, 'newMessageIds'> {
  status: 'started' | 'changes' | 'resync';
  newMessages: z.output<typeof messageSummary>[];
  failed?: z.output<typeof failedRead>[] | undefined;
  hasMore: boolean;
  cursor: string;
  advice?: string | undefined;
}

/** What is new, as text. */
export function changesText(answer: ToldChanges, fence: Fence): Line[] {
  const { status, newMessages, failed, deletedMessageIds, labelChanges, hasMore, cursor, advice } = answer;
  const isNothing = newMessages.length + deletedMessageIds.length + labelChanges.length === 0;
  return [
    advice !== undefined && fence.own(`${status}: ${advice}`),
    status === 'changes' && isNothing && fence.own('nothing has changed'),
    newMessages.length > 0 && fence.own(`${newMessages.length} new messages:`),
    ...newMessages.flatMap((each) => summaryText(each, fence)),
    ...failedText('message', failed, fence),
    deletedMessageIds.length > 0 && fence.own(`deleted: ${deletedMessageIds.join(', ')}`),
    ...labelChanges.map(({ messageId, threadId, added, removed }) =>
      fence.own(
        [
          `message ${messageId} in thread ${threadId}`,
          ...added.map((label) => `+${label}`),
          ...removed.map((label) => `-${label}`),
        ].join(', '),
      ),
    ),
    fence.own(hasMore ? `more with cursor ${cursor}` : `next time with cursor ${cursor}`),
  ];
}
