/** Where a page of a search begins: in a page of Gmail's, behind one of its entries if that did not fit whole. */
export interface PagePosition {
  pageToken?: string | undefined;
  afterId?: string | undefined;
}

/** Gmail's own tokens are taken as they are. */
export function readPosition(pageToken: string | undefined): PagePosition {
  const [, afterId, gmailToken] = /^~([A-Za-z0-9_-]{1,64})~(.*)$/s.exec(pageToken ?? '') ?? [];
  if (afterId === undefined) return { pageToken };
  return { afterId, pageToken: gmailToken === '' ? undefined : gmailToken };
}

/** What is left of a page; all of it where the entry is not on it any more, since new mail has moved it. */
export function restOf(ids: readonly string[], { afterId }: PagePosition): readonly string[] {
  return afterId === undefined ? ids : ids.slice(ids.indexOf(afterId) + 1);
}

/** The token of the next page: behind the last entry that is done with, or Gmail's own. */
export function nextPosition(
  ids: readonly string[],
  done: number,
  { pageToken }: PagePosition,
  gmailNext: string | undefined,
): string | undefined {
  return done < ids.length ? `~${ids[done - 1] ?? ''}~${pageToken ?? ''}` : gmailNext;
}
