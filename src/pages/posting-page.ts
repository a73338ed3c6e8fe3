import type { IncomingHttpHeaders } from 'node:http';

/** Which page posted a form of ours. */
export type PostingPage = 'own' | 'own-at-another-address' | 'foreign';

/**
 * Tells by what a browser says, which pages cannot set (Fetch, forbidden request headers; W3C Fetch Metadata). A page of
 * ours that was opened under another name than `ownOrigin` (localhost beside 127.0.0.1) is told apart, to be explained.
 */
export function postingPage(
  headers: Pick<IncomingHttpHeaders, 'origin' | 'sec-fetch-site' | 'host'>,
  ownOrigin: string,
): PostingPage {
  const { origin, host } = headers;
  const isOfItsOwnOrigin = headers['sec-fetch-site'] === 'same-origin';
  if (origin === ownOrigin) return 'own';
  if (origin === undefined || origin === 'null') return isOfItsOwnOrigin ? 'own' : 'foreign';
  return isOfItsOwnOrigin || hostOf(origin) === host ? 'own-at-another-address' : 'foreign';
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
