/** Browsers act on them by themselves. */
const forbiddenSchemes = new Set([
  'javascript:',
  'vbscript:',
  'data:',
  'blob:',
  'file:',
  'about:',
  'view-source:',
]);
const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);
const longestUri = 2_000;
const mostUris = 20;

/**
 * The redirect URIs of a client that can be used, as they were given (RFC 9700, section 2.1: compared letter by letter;
 * RFC 8252, section 7): `https`, `http` to the client's own machine, and schemes of native applications. A bad one does
 * not sink the others: clients register all that they may ever need.
 */
export function usableRedirectUris(given: unknown): string[] {
  if (!Array.isArray(given)) return [];
  const usable = given.filter((uri): uri is string => typeof uri === 'string' && isUsable(uri));
  return [...new Set(usable)].slice(0, mostUris);
}

function isUsable(uri: string): boolean {
  if (uri.length > longestUri || !URL.canParse(uri) || /[\s#\\*]/u.test(uri)) return false;
  const { protocol, hostname, username, password } = new URL(uri);
  if (username !== '' || password !== '' || forbiddenSchemes.has(protocol)) return false;
  if (protocol === 'http:') return loopbackHosts.has(hostname);
  if (protocol === 'https:') return !loopbackHosts.has(hostname) && hostname !== '';
  return true;
}

/** How the redirect URI of a client is called on a page: its host, or its scheme. */
export function redirectTarget(uri: string): string {
  const { protocol, host, hostname } = new URL(uri);
  if (loopbackHosts.has(hostname)) return 'an application on this computer';
  return /^https?:$/.test(protocol) ? host : `the application that opens ${protocol}`;
}
