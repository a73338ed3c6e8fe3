import { firstHistoryId, type HistoryRecord, type Mailbox } from '../mail/mailbox.js';
import { invalidArgument, notFound } from './gmail-error.js';
import { pageOf } from './message-list.js';

/**
 * The answer of users.history.list: what changed after an id, without `history` when nothing did.
 * @throws GmailError 404 for an id that is too old
 */
export function listHistory(mailbox: Mailbox, query: URLSearchParams): object {
  const start = query.get('startHistoryId') ?? '';
  if (!/^\d+$/.test(start)) throw invalidArgument("Invalid value at 'start_history_id' (TYPE_UINT64)");
  if (Number(start) < firstHistoryId) throw notFound();
  const since = mailbox.history.filter(({ id }) => Number(id) > Number(start));
  const { page, nextPageToken } = pageOf(since, query);
  return {
    ...(page.length > 0 && { history: page.map(recordResource) }),
    ...(nextPageToken !== undefined && { nextPageToken }),
    historyId: mailbox.historyId,
  };
}

function recordResource({
  id,
  kind,
  message: { id: messageId, threadId, labelIds },
  ...change
}: HistoryRecord) {
  const message = { id: messageId, threadId, ...(labelIds.length > 0 && { labelIds }) };
  return { id, messages: [{ id: messageId, threadId }], [kind]: [{ message, ...change }] };
}
