/**
 * Whether this machine was reached under another of its names than its own (localhost beside 127.0.0.1): cookies are
 * kept for one of them. Names beyond the machine are not judged: a proxy may have written them.
 */
export function isOtherLoopbackName(given: string, own: string): boolean {
  return given !== own && isLoopbackName(given) && isLoopbackName(own);
}

function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
