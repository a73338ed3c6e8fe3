import type { Mailbox } from '../../../gmail/index.js';

/** https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages/list */
const idsPerPage = 500;
/** Behind so many of the messages of one second the last one of the call before is not looked for. */
const mostLookedThrough = 10_000;
const continuation = /^before:(\d{1,12})~([A-Za-z0-9_-]{1,64})$/;

/** Where a call goes on: at a time, behind a message of it if that still matches. */
export interface Continuation {
  beforeSeconds: string;
  afterId: string;
}

/** Messages of a search, newest first, and how to go on behind them; null where there are no more. */
export interface MatchingMessages {
  ids: string[];
  next: string | null;
}

interface Sources {
  mailbox: Pick<Mailbox, 'listMessages' | 'getMessage'>;
  signal: AbortSignal;
}

/**
 * Ids of up to `most` messages that match. All of them are read before any is changed: what is filed may not match any
 * more, and would move the pages of Gmail's list. For the same reason the next call goes on by time.
 * @param from where an earlier call ended
 */
export async function matchingMessages(
  { query, from, most }: { query: string; from: Continuation | null; most: number },
  { mailbox, signal }: Sources,
): Promise<MatchingMessages> {
  const asked = from === null ? query : `(${query}) before:${from.beforeSeconds}`;
  let ids: string[] = [];
  let isBehind = from === null;
  let pageToken: string | undefined;
  do {
    signal.throwIfAborted();
    const maxResults = isBehind ? Math.min(idsPerPage, most - ids.length) : idsPerPage;
    const page = await mailbox.listMessages({ query: asked, maxResults, pageToken });
    ids.push(...page.messages.map(({ id }) => id));
    pageToken = page.nextPageToken;
    const last = isBehind || from === null ? -1 : ids.indexOf(from.afterId);
    if (last >= 0) [ids, isBehind] = [ids.slice(last + 1), true];
  } while (pageToken !== undefined && ids.length < (isBehind ? most : mostLookedThrough));
  const some = ids.slice(0, most);
  const lastId = some.at(-1);
  const isAll = pageToken === undefined && some.length === ids.length;
  return { ids: some, next: isAll || lastId === undefined ? null : await behind(lastId, mailbox) };
}

/** Where a call goes on, as its argument shows it; null for no place of ours. */
export function readContinuation(token: string): Continuation | null {
  const [, beforeSeconds, afterId] = continuation.exec(token) ?? [];
  return beforeSeconds === undefined || afterId === undefined ? null : { beforeSeconds, afterId };
}

/** `before:` leaves out the second that it names. */
async function behind(messageId: string, mailbox: Pick<Mailbox, 'getMessage'>): Promise<string> {
  const { internalDate } = await mailbox.getMessage(messageId, { format: 'minimal' });
  return `before:${Math.floor(Number(internalDate) / 1000) + 1}~${messageId}`;
}
