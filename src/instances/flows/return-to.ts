import { EvergrantError } from '../../errors/index.js';

interface AllowedEnds {
  origins: readonly string[];
  /** `PUBLIC_URL`, below which the consent's own pages are. */
  publicUrl: string;
}

/**
 * Checks that a browser may be sent there after a consent: an http(s) URL of an allowed origin, compared exactly, and
 * none of the consent's own pages, where the end of one consent would lead into another.
 * @throws EvergrantError `VALIDATION_FAILED` naming `returnTo`
 */
export function checkReturnTo(returnTo: string, allowed: AllowedEnds): string {
  const url = URL.canParse(returnTo) ? new URL(returnTo) : null;
  if (!url || !isAllowedEnd(url, allowed)) {
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'returnTo',
      message:
        'returnTo must be an http(s) URL of PUBLIC_URL or of one of FRONTEND_ORIGINS, and no page of a consent',
    });
  }
  return url.href;
}

function isAllowedEnd(url: URL, { origins, publicUrl }: AllowedEnds): boolean {
  // `blob:https://app.example.com/…` has the origin of what it wraps (URL Standard, section 4.7).
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
  if (!origins.includes(url.origin) || url.username !== '' || url.password !== '') return false;
  return !isConsentPage(url, new URL(publicUrl));
}

const consentPages = ['/connect', '/oauth'];

/** Compared as loosely as any router or proxy may read a path: encoded, in capitals, with doubled slashes. */
function isConsentPage({ origin, pathname }: URL, publicUrl: URL): boolean {
  if (origin !== publicUrl.origin) return false;
  const path = loosePath(pathname);
  const base = loosePath(publicUrl.pathname).replace(/\/$/, '');
  return consentPages.some((page) => path === base + page || path.startsWith(`${base}${page}/`));
}

function loosePath(pathname: string): string {
  // A sequence that is no UTF-8 does not decode; the rest has to.
  const decoded = pathname.replace(/%[0-7][0-9a-f]/gi, (octet) => decodeURIComponent(octet));
  const normalised = new URL(`http://path${decoded.replace(/[?#]/g, '')}`).pathname;
  return normalised.replace(/\/{2,}/g, '/').toLowerCase();
}

/** Where the browser goes at the end of a consent, the result in the query. */
export function withConsentResult(target: string, result: Readonly<Record<string, string>>): string {
  const url = new URL(target);
  for (const [name, value] of Object.entries(result)) url.searchParams.set(name, value);
  return url.href;
}
