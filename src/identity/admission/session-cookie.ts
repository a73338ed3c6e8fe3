import { sessionLifeSeconds } from '../holders/console-sessions.js';

/** Holds a console session's secret in the browser. */
export const sessionCookieName = 'evergrant_session';

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
