import { createHash } from 'node:crypto';
import type { ActAddress, OutboundAct } from './outbound-act.js';

/**
 * SHA-256, in hex, of what an act says and to whom. What is given anew at each composing is not in it: Message-ID, date
 * and boundaries. Two acts of one digest are the same to a person.
 */
export function contentDigest(act: OutboundAct): string {
  return createHash('sha256')
    .update(JSON.stringify([act.kind, ...contentOf(act)]))
    .digest('hex');
}

/** Arrays only: the order of an object's fields would make a difference. */
function contentOf(act: OutboundAct): unknown[] {
  if (!('message' in act)) {
    const { request } = act;
    const place = request.method === 'one_click' ? [request.url] : [request.verb, request.path];
    return [...place, act.recipients, act.settings.map(({ name, value }) => [name, value])];
  }
  const { from, to, cc, bcc, replyTo, subject, text, html, files, threadId } = act.message;
  const { inReplyTo, language, headers } = act.message;
  return [
    act.kind === 'send_draft' ? act.request.draftId : null,
    from === null ? null : addressOf(from),
    ...[to, cc, bcc, replyTo].map((list) => list.map(addressOf)),
    subject,
    text,
    html,
    files.map(({ name, mimeType, sha256 }) => [name, mimeType, sha256]),
    threadId,
    inReplyTo,
    language,
    headers.map(({ name, value }) => [name, value]),
  ];
}

function addressOf({ name, address }: ActAddress): string[] {
  return [name, address];
}
