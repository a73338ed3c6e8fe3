import { expect, it } from '@jest/globals';
import { chosenMailbox } from './mailbox-choice.js';

const ada = { id: 'id-a', email: 'Ada@example.com' };
const bob = { id: 'id-b', email: 'bob@example.com' };
const pending = { id: 'id-p', email: null };
const twin = { id: 'id-t', email: 'ada@example.com' };

type Case = [string, { id: string; email: string | null }[], string | undefined, boolean, string];

it.each<Case>([
  ['one alone need not be named', [ada], undefined, false, 'id-a'],
  ['one alone is searched as itself', [ada], undefined, true, 'id-a'],
  ['one alone is meant by all as well', [ada], '*', false, 'id-a'],
  ['a search of all is one of one too', [ada], '*', true, 'all'],
  ['of several one has to be named', [ada, bob], undefined, false, 'missing'],
  ['an empty name counts as none', [ada, bob], '  ', false, 'missing'],
  ['all is no mailbox to write in', [ada, bob], '*', false, 'missing'],
  ['a search that names none is one of all', [ada, bob], undefined, true, 'all'],
  ['a search of a named one is one of that', [ada, bob], 'bob@example.com', true, 'id-b'],
  ['letters may be of any case', [ada, bob], ' ADA@EXAMPLE.COM ', false, 'id-a'],
  ['an instance is named by its id', [ada, pending], 'id-p', false, 'id-p'],
  ['another’s address is unknown', [ada, bob], 'eve@example.com', false, 'unknown'],
  ['also where there is one alone', [ada], 'eve@example.com', false, 'unknown'],
  ['an address that two have is no name', [ada, twin], 'ada@example.com', false, 'ambiguous'],
  ['those two are told apart by their ids', [ada, twin], 'id-t', false, 'id-t'],
  ['nothing can be named where none is connected', [], 'ada@example.com', true, 'none_connected'],
])('%s', (_what, mailboxes, asked, spans, meant) => {
  const choice = chosenMailbox(mailboxes, asked, spans);
  const told = { one: () => 'mailbox' in choice && choice.mailbox.id, all: () => 'all' };
  expect(choice.status === 'refused' ? choice.why : told[choice.status]()).toBe(meant);
});
