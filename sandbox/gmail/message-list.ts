import type { Mailbox } from '../mail/mailbox.js';
import type { StoredMessage } from '../mail/stored-message.js';
import { compose } from '../mail/compose.js';
import { matchesSearch } from '../search/search-matcher.js';
import { allTerms, readSearch, type SearchQuery, wantedTerms } from '../search/search-query.js';
import { invalidArgument } from './gmail-error.js';

const hidden = ['SPAM', 'TRASH'];

interface Page<Found> {
  page: Found[];
  nextPageToken?: string;
  resultSizeEstimate: number;
}

/** The answer of users.threads.list: each thread once, where its newest match stands. */
export async function listThreads(mailbox: Mailbox, query: URLSearchParams, nowMs: number): Promise<object> {
  const found = [...new Set((await search(mailbox, query, nowMs)).map(({ threadId }) => threadId))];
  const { page, ...rest } = pageOf(found, query);
  const threads = page.map((id) => ({ id, historyId: mailbox.thread(id).at(-1)?.historyId }));
  return { ...(threads.length > 0 && { threads }), ...rest };
}

/** The answer of users.messages.list: ids only, and without `messages` when there are none. */
export async function listMessages(mailbox: Mailbox, query: URLSearchParams, nowMs: number): Promise<object> {
  const { page, ...rest } = pageOf(await search(mailbox, query, nowMs), query);
  return {
    ...(page.length > 0 && { messages: page.map(({ id, threadId }) => ({ id, threadId })) }),
    ...rest,
  };
}

/** The page of a list that a query asks for. */
export function pageOf<Found>(found: readonly Found[], query: URLSearchParams): Page<Found> {
  const maxResults = readMaxResults(query.get('maxResults'));
  const start = readPageToken(query.get('pageToken'));
  const page = found.slice(start, start + maxResults);
  const end = start + page.length;
  return {
    page,
    ...(end < found.length && { nextPageToken: Buffer.from(`from:${end}`).toString('base64url') }),
    resultSizeEstimate: found.length,
  };
}

export async function search(
  mailbox: Mailbox,
  query: URLSearchParams,
  nowMs: number,
): Promise<StoredMessage[]> {
  const wanted = readSearch(query.get('q') ?? '');
  const labelIds = query.getAll('labelIds');
  const everywhere =
    query.get('includeSpamTrash') === 'true' ||
    looksIntoHidden(wanted) ||
    labelIds.some((id) => hidden.includes(id));
  const candidates = mailbox
    .messages()
    .filter((message) => labelIds.every((id) => message.labelIds.includes(id)))
    .filter((message) => everywhere || !message.labelIds.some((id) => hidden.includes(id)));
  const sizes = await sizesFor(wanted, candidates);
  return candidates.filter((message, index) =>
    matchesSearch(wanted, {
      message,
      labelNames: labelNames(mailbox, message),
      sizeBytes: sizes[index] ?? 0,
      ownAddress: mailbox.email,
      nowMs,
    }),
  );
}

/** A search leaves spam and trash out unless it names them. */
function looksIntoHidden(query: SearchQuery): boolean {
  return wantedTerms(query).some(
    ({ operator, value }) =>
      (operator === 'in' || operator === 'label') && /^(anywhere|spam|trash|bin)$/i.test(value),
  );
}

/** Composing all mail takes long; few searches ask for a size. */
async function sizesFor(query: SearchQuery, messages: readonly StoredMessage[]): Promise<number[]> {
  const asksForSize = allTerms(query).some(({ operator }) =>
    ['size', 'larger', 'smaller'].includes(operator ?? ''),
  );
  if (!asksForSize) return [];
  return Promise.all(messages.map(async (message) => (await (await compose(message)).node.build()).length));
}

function labelNames(mailbox: Mailbox, message: StoredMessage): string[] {
  return mailbox.labels
    .list()
    .filter(({ id }) => message.labelIds.includes(id))
    .map(({ name }) => name);
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
