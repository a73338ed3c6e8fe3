import type { IncomingHttpHeaders } from 'node:http';

type Headers = Pick<IncomingHttpHeaders, 'origin' | 'sec-fetch-site'>;

/**
 * Whether a browser says that one of our own pages made the request. Pages can set neither header
 * (Fetch, forbidden request headers; W3C Fetch Metadata).
 */
export function isFromOwnPage(headers: Headers, ownOrigin: string): boolean {
  return headers.origin === ownOrigin || headers['sec-fetch-site'] === 'same-origin';
}

/** Whether a browser says that a page of another origin made the request. Programs send neither header. */
export function isFromForeignPage(headers: Headers, ownOrigin: string): boolean {
  const saysSomething = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  return saysSomething && !isFromOwnPage(headers, ownOrigin);
}
