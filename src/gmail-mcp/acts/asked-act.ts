import PostalMime from 'postal-mime';
import type { OutboundAct } from '../../policy/index.js';
import type { AskedAct } from './gate-answer.js';
import { fromCaller, readOutgoing } from './outgoing-reading.js';

const headEnd = '\r\n\r\n';
/** See `composeMail`: Gmail may replace the Message-ID, and leaves this one alone. */
const identityHeader = 'x-evergrant-message-id';

/** What was asked for as an act: with what a person reads of it, and the request that does it. */
export async function outboundAct(asked: AskedAct): Promise<OutboundAct> {
  if ('request' in asked) return asked;
  const { fileOrigins = fromCaller } = asked;
  if (asked.kind === 'send_draft') {
    const { draftId, messageId: draftMessageId, threadId, mime } = asked.draft;
    const message = await readOutgoing(mime, threadId, fileOrigins);
    const messageId = await identityOf(mime);
    const request = { method: 'drafts.send', draftId, draftMessageId, messageId } as const;
    return { kind: asked.kind, message, request };
  }
  const { mime, messageId, threadId = null } = asked.mail;
  const message = await readOutgoing(mime, threadId, fileOrigins);
  const raw = mime.toString('base64url');
  return { kind: asked.kind, message, request: { method: 'messages.send', raw, messageId, threadId } };
}

async function identityOf(mime: Buffer): Promise<string | null> {
  const end = mime.indexOf(headEnd);
  const { headers, messageId } = await PostalMime.parse(
    end === -1 ? mime : mime.subarray(0, end + headEnd.length),
  );
  return headers.find(({ key }) => key === identityHeader)?.value ?? messageId ?? null;
}
