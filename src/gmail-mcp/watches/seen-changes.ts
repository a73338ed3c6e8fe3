import type { MailboxHistory } from '../../gmail/index.js';

/** Which messages and conversations have changed; null for more than are named. */
export interface SeenChanges {
  messageIds: string[] | null;
  threadIds: string[] | null;
}

/** Who listens to more has to look for itself. */
const mostNamed = 100;

type Changed = MailboxHistory['history'][number]['messagesAdded'][number];

/**
 * What of a page of history concerns a watch: all of it, or what has to do with one of its labels, which the message
 * bears, or was given or lost. A message of which Gmail names no label, as of one that is gone, may have had any.
 * Null where nothing does.
 */
export function seenChanges(history: MailboxHistory, labelIds: readonly string[]): SeenChanges | null {
  // What is not on the page may be of any message.
  if (history.nextPageToken !== undefined) return { messageIds: null, threadIds: null };
  const wanted = new Set(labelIds);
  const changes = history.history
    .flatMap((record) => [
      ...record.messagesAdded,
      ...record.messagesDeleted,
      ...record.labelsAdded,
      ...record.labelsRemoved,
    ])
    .filter((change) => wanted.size === 0 || concerns(change, wanted));
  if (changes.length === 0) return null;
  return {
    messageIds: named(changes.map(({ message }) => message.id)),
    threadIds: named(changes.map(({ message }) => message.threadId)),
  };
}

function concerns({ message, labelIds }: Changed, wanted: ReadonlySet<string>): boolean {
  const touched = [...message.labelIds, ...labelIds];
  return touched.length === 0 || touched.some((label) => wanted.has(label));
}

function named(ids: readonly string[]): string[] | null {
  const once = [...new Set(ids)];
  return once.length > mostNamed ? null : once;
}
