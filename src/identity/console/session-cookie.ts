import { sessionLifeSeconds } from './console-sessions.js';

/**
 * Holds a console session's secret in the browser. Under https no other host of the same site, and no page without
 * TLS, can plant a cookie of that name (RFC 6265bis section 4.1.3.2).
 */
export function sessionCookieName(publicUrl: string): string {
  return `${publicUrl.startsWith('https:') ? '__Host-' : ''}evergrant_session`;
}

/** Scripts cannot read it, and other sites' forms and images do not send it along. */
export function sessionCookieOptions(publicUrl: string) {
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    path: '/',
    maxAge: sessionLifeSeconds,
  } as const;
}
