import { expect, it } from '@jest/globals';
import { mailboxChoice, postedDecision, type MailboxChoice } from './mailbox-choice.js';

it.each<[string, string[], string[], boolean, MailboxChoice]>([
  ['all and later ones', ['a', 'b'], ['a', 'b'], true, { status: 'chosen', instanceIds: null }],
  ['all of today', ['a', 'b'], ['b', 'a'], false, { status: 'chosen', instanceIds: ['a', 'b'] }],
  ['one, whatever is said of later ones', ['a', 'b'], ['b'], true, { status: 'chosen', instanceIds: ['b'] }],
  ['none', ['a'], [], true, { status: 'none' }],
  ['another person’s', ['a'], ['a', 'x'], true, { status: 'foreign' }],
])('%s', (_case, offered, posted, later, choice) => {
  expect(mailboxChoice(offered, posted, later)).toEqual(choice);
});

it('reads one mailbox and several', () => {
  const id = '7f0c3a1e-1f5f-4c39-9a06-0a5b2a4d3c11';
  const read = (mailbox?: unknown) => postedDecision.parse({ decision: 'allow', mailbox }).mailbox;
  expect([read(id), read([id, id]), read()]).toEqual([[id], [id, id], []]);
});
