import { EvergrantError } from '../../errors/index.js';
import type { ConsentResult } from './consent-ending.js';

/**
 * Checks that a browser may be sent there after a consent: an http(s) URL of an allowed origin, compared exactly.
 * @throws EvergrantError `VALIDATION_FAILED` naming `returnTo`
 */
export function checkReturnTo(returnTo: string, allowedOrigins: readonly string[]): string {
  const url = URL.canParse(returnTo) ? new URL(returnTo) : null;
  if (!url || !allowedOrigins.includes(url.origin) || url.username !== '' || url.password !== '') {
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'returnTo',
      message: 'returnTo must be a URL of PUBLIC_URL or of one of FRONTEND_ORIGINS',
    });
  }
  return url.href;
}

/** Where the browser goes at the end of a consent, the result in the query. */
export function withConsentResult(target: string, result: ConsentResult): string {
  const url = new URL(target);
  for (const [name, value] of Object.entries(result)) url.searchParams.set(name, value);
  return url.href;
}
