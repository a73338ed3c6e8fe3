import type { MailboxHistory } from '../../../gmail/index.js';

/** What became of the mailbox, each message once and in the order in which it first changed. */
export interface MailboxChanges {
  newMessageIds: string[];
  deletedMessageIds: string[];
  labelChanges: { messageId: string; threadId: string; added: string[]; removed: string[] }[];
}

/**
 * The outcome of many records: of a message that came and went nothing is told, labels of a new one are those that it
 * has now, and a label that was added and removed again is no change.
 */
export function mailboxChanges(records: MailboxHistory['history']): MailboxChanges {
  const added = new Set<string>();
  const deleted = new Set<string>();
  const labels = new Map<string, { threadId: string; changes: Map<string, boolean> }>();
  for (const record of records) {
    for (const { message } of record.messagesAdded) added.add(message.id);
    for (const { message } of record.messagesDeleted) deleted.add(message.id);
    for (const [list, has] of [
      [record.labelsAdded, true],
      [record.labelsRemoved, false],
    ] as const)
      for (const { message, labelIds } of list) {
        const { changes } = labels.get(message.id) ?? { changes: new Map<string, boolean>() };
        labels.set(message.id, { threadId: message.threadId, changes });
        for (const each of labelIds) note(changes, each, has);
      }
  }
  return {
    newMessageIds: [...added].filter((id) => !deleted.has(id)),
    deletedMessageIds: [...deleted].filter((id) => !added.has(id)),
    labelChanges: [...labels].flatMap(([messageId, { threadId, changes }]) => {
      if (added.has(messageId) || deleted.has(messageId) || changes.size === 0) return [];
      const named = (has: boolean): string[] =>
        [...changes].filter(([, each]) => each === has).map(([name]) => name);
      return [{ messageId, threadId, added: named(true), removed: named(false) }];
    }),
  };
}

/** The opposite of what was noted before takes it back. */
function note(changes: Map<string, boolean>, label: string, has: boolean): void {
  if (changes.get(label) === !has) changes.delete(label);
  else changes.set(label, has);
}
