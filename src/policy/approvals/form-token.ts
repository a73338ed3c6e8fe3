import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a form shows of an approval. */
interface ShownApproval {
  id: string;
  contentDigest: string;
}

/** Shows that a form was given to this session, for this content: no page that lacks the session's secret can make it. */
export function formToken(sessionSecret: string, { id, contentDigest }: ShownApproval): string {
  return createHmac('sha256', sessionSecret).update(`approval ${id} ${contentDigest}`).digest('base64url');
}

/** Compares in constant time. */
export function isFormToken(given: string, sessionSecret: string, shown: ShownApproval): boolean {
  const expected = Buffer.from(formToken(sessionSecret, shown));
  const offered = Buffer.from(given);
  return offered.length === expected.length && timingSafeEqual(offered, expected);
}
