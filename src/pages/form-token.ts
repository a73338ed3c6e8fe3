import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Shows that a form was given to this session, for what it was shown: no page that lacks the session's secret can make
 * it, and none that another session was given passes for it.
 */
export function formToken(sessionSecret: string, shown: string): string {
  return createHmac('sha256', sessionSecret).update(shown).digest('base64url');
}

/** Compares in constant time. */
export function isFormToken(given: unknown, sessionSecret: string, shown: string): boolean {
  const expected = Buffer.from(formToken(sessionSecret, shown));
  const offered = Buffer.from(typeof given === 'string' ? given : '');
  return offered.length === expected.length && timingSafeEqual(offered, expected);
}
