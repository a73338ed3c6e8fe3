import type { Mailbox } from '../mail/mailbox.js';
import { readSearch, searchesEverywhere } from '../mail/search-query.js';
import type { StoredMessage } from '../mail/stored-message.js';
import { invalidArgument } from './gmail-error.js';

const hidden = ['SPAM', 'TRASH'];

/** The answer of users.messages.list: ids only, and without `messages` when there are none. */
export function listMessages(mailbox: Mailbox, query: URLSearchParams): object {
  const found = search(mailbox, query);
  const maxResults = readMaxResults(query.get('maxResults'));
  const start = readPageToken(query.get('pageToken'));
  const page = found.slice(start, start + maxResults);
  const end = start + page.length;
  return {
    ...(page.length > 0 && { messages: page.map(({ id, threadId }) => ({ id, threadId })) }),
    ...(end < found.length && { nextPageToken: Buffer.from(`from:${end}`).toString('base64url') }),
    resultSizeEstimate: found.length,
  };
}

function search(mailbox: Mailbox, query: URLSearchParams): StoredMessage[] {
  const q = query.get('q') ?? '';
  const labelIds = query.getAll('labelIds');
  const everywhere =
    query.get('includeSpamTrash') === 'true' ||
    searchesEverywhere(q) ||
    labelIds.some((id) => hidden.includes(id));
  const matches = readSearch(q);
  return mailbox
    .messages()
    .filter((message) => labelIds.every((id) => message.labelIds.includes(id)))
    .filter((message) => everywhere || !message.labelIds.some((id) => hidden.includes(id)))
    .filter((message) => matches({ message, labelNames: labelNames(mailbox, message) }));
}

/** A search names a label in lower case with hyphens for spaces. */
function labelNames(mailbox: Mailbox, message: StoredMessage): string[] {
  return mailbox.labels
    .filter(({ id }) => message.labelIds.includes(id))
    .map(({ name }) => name.toLowerCase().replaceAll(' ', '-'));
}

function readMaxResults(value: string | null): number {
  if (value === null) return 100;
  if (!/^\d+$/.test(value)) throw invalidArgument("Invalid value at 'max_results' (TYPE_UINT32)");
  const maxResults = Number(value);
  if (maxResults < 1) throw invalidArgument('Invalid maxResults');
  return Math.min(maxResults, 500);
}

function readPageToken(value: string | null): number {
  if (value === null) return 0;
  const start = /^from:(\d+)$/.exec(Buffer.from(value, 'base64url').toString())?.[1];
  if (start === undefined) throw invalidArgument('Invalid pageToken');
  return Number(start);
}
