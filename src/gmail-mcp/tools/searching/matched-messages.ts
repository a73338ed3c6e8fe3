import type { Mailbox } from '../../../gmail/index.js';

/** Of `users.messages.list`, which costs the same however many ids come. */
const idsPerPage = 500;
const mostPages = 4;

/** Which messages match a search. */
export interface MatchedMessages {
  has: (id: string) => boolean;
  /** False where more match than were looked through. */
  complete: boolean;
}

/** The newest messages that match, page by page until there is one of each of these threads at least. */
export async function matchedMessages(
  mailbox: Mailbox,
  query: string | undefined,
  threadIds: readonly string[],
): Promise<MatchedMessages> {
  if (query === undefined) return { has: () => true, complete: true };
  const ids = new Set<string>();
  const has = (id: string): boolean => ids.has(id);
  const missing = new Set(threadIds);
  let pageToken: string | undefined;
  for (let page = 0; page < mostPages && missing.size > 0; page += 1) {
    const { messages, nextPageToken } = await mailbox.listMessages({
      query,
      maxResults: idsPerPage,
      pageToken,
    });
    for (const { id, threadId } of messages) {
      ids.add(id);
      missing.delete(threadId);
    }
    if (nextPageToken === undefined) return { has, complete: true };
    pageToken = nextPageToken;
  }
  return { has, complete: threadIds.length === 0 };
}
