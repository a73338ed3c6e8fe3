import { describe, expect, it } from '@jest/globals';
import type { MailboxHistory } from '../../../gmail/index.js';
import { mailboxChanges } from './mailbox-changes.js';

type Kind = 'messagesAdded' | 'messagesDeleted' | 'labelsAdded' | 'labelsRemoved';

function record(kind: Kind, id: string, labelIds: string[] = []): MailboxHistory['history'][number] {
  const nothing = { messagesAdded: [], messagesDeleted: [], labelsAdded: [], labelsRemoved: [] };
  const message = { id, threadId: `t-${id}`, labelIds: [] };
  return { id: '1', ...nothing, [kind]: [{ message, labelIds }] };
}

const nothing = { newMessageIds: [], deletedMessageIds: [], labelChanges: [] };

describe('what became of a mailbox', () => {
  it.each<[string, MailboxHistory['history'], object]>([
    ['a message that came', [record('messagesAdded', 'a')], { ...nothing, newMessageIds: ['a'] }],
    [
      'one that came and was read, as new with the labels it has now',
      [record('messagesAdded', 'a'), record('labelsRemoved', 'a', ['UNREAD'])],
      { ...nothing, newMessageIds: ['a'] },
    ],
    ['one that came and went', [record('messagesAdded', 'a'), record('messagesDeleted', 'a')], nothing],
    [
      'one that went, whatever its labels were',
      [record('labelsAdded', 'a', ['STARRED']), record('messagesDeleted', 'a')],
      { ...nothing, deletedMessageIds: ['a'] },
    ],
    [
      'labels, all of one message together',
      [record('labelsAdded', 'a', ['STARRED']), record('labelsRemoved', 'a', ['INBOX', 'UNREAD'])],
      {
        ...nothing,
        labelChanges: [{ messageId: 'a', threadId: 't-a', added: ['STARRED'], removed: ['INBOX', 'UNREAD'] }],
      },
    ],
    [
      'no label that was added and removed again',
      [record('labelsAdded', 'a', ['STARRED']), record('labelsRemoved', 'a', ['STARRED'])],
      nothing,
    ],
  ])('tells %s', (_what, records, expected) => {
    expect(mailboxChanges(records)).toEqual(expected);
  });
});
