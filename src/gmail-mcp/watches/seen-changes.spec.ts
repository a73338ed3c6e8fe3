import { expect, it } from '@jest/globals';
import type { MailboxHistory } from '../../gmail/index.js';
import { seenChanges } from './seen-changes.js';

type Record = MailboxHistory['history'][number];

const nothing = { messagesAdded: [], messagesDeleted: [], labelsAdded: [], labelsRemoved: [] };
function change(id: string, has: string[], labelIds: string[] = []) {
  return { message: { id, threadId: `t-${id}`, labelIds: has }, labelIds };
}
function record(changes: Partial<Record>): Record {
  return { id: '1', ...nothing, ...changes };
}
function page(...history: Record[]): MailboxHistory {
  return { history, historyId: '9' };
}
function one(id: string) {
  return { messageIds: [id], threadIds: [`t-${id}`] };
}

it.each<[string, MailboxHistory, string[], object | null]>([
  ['nothing of an empty page', page(), [], null],
  ['a new message', page(record({ messagesAdded: [change('a', ['INBOX'])] })), [], one('a')],
  ['one with the label', page(record({ messagesAdded: [change('a', ['INBOX'])] })), ['INBOX'], one('a')],
  ['none without it', page(record({ messagesAdded: [change('a', ['SENT'])] })), ['INBOX'], null],
  [
    'one that has lost the label',
    page(record({ labelsRemoved: [change('a', ['SENT'], ['INBOX'])] })),
    ['INBOX'],
    one('a'),
  ],
  [
    'one that is gone and names no label',
    page(record({ messagesDeleted: [change('a', [])] })),
    ['INBOX'],
    one('a'),
  ],
  [
    'a message once, whatever became of it',
    page(
      record({ messagesAdded: [change('a', ['INBOX'])] }),
      record({ labelsAdded: [change('a', ['INBOX'], ['STARRED'])] }),
    ),
    [],
    one('a'),
  ],
  [
    'anything, where there are more pages',
    { ...page(record({ messagesAdded: [change('a', ['SENT'])] })), nextPageToken: 'more' },
    ['INBOX'],
    { messageIds: null, threadIds: null },
  ],
  [
    'anything, where there are too many to name',
    page(record({ messagesAdded: Array.from({ length: 101 }, (_, index) => change(`m${index}`, [])) })),
    [],
    { messageIds: null, threadIds: null },
  ],
])('tells %s', (_what, history, labelIds, seen) => {
  expect(seenChanges(history, labelIds)).toEqual(seen);
});
