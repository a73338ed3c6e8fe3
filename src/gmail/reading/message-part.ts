import { EvergrantError } from '../../errors/index.js';
import type { GmailMessage, MessagePart } from '../client/answers.js';
import { childId, kindOf, mimeTypeOf, type PlacedPart } from '../client/message-parts.js';

const deepestId = 200;

/** The mail inside of a `message/rfc822` part, however Gmail divides its headers; null when only its bytes are there. */
export function attachedMail(part: MessagePart): MessagePart | null {
  const [inner] = part.parts;
  if (inner === undefined) return null;
  const hasOwnHead = inner.headers.some(({ name }) => /^(?:from|subject|date)$/i.test(name));
  return hasOwnHead ? inner : { ...inner, headers: [...inner.headers, ...part.headers] };
}

/**
 * One part of a message as a message of its own: an attached mail with its own headers, another part with those of the
 * message.
 * @throws EvergrantError `VALIDATION_FAILED` when the message has no such part
 */
export function partAsMessage(message: GmailMessage, partId: string): GmailMessage {
  const { part, kind } = partOf(message, partId);
  const mail = kind === 'mail' ? attachedMail(part) : null;
  if (mail === null) return { ...message, payload: asBody(part, partId, message.payload) };
  return {
    id: message.id,
    threadId: message.threadId,
    labelIds: [],
    snippet: '',
    payload: { ...mail, partId: childId(partId, 0) },
  };
}

/**
 * A part of a message by its id; that of a message which is one file is empty.
 * @throws EvergrantError `VALIDATION_FAILED` when the message has no such part
 */
export function partOf({ payload }: GmailMessage, partId: string): PlacedPart {
  const isAll = partId === '' && payload !== undefined;
  const found = isAll ? { part: payload, parent: undefined } : find(payload, partId);
  if (found === null)
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'partId',
      message: `This message has no part "${partId}": take it from attachments, or from notes`,
    });
  return { id: partId, part: found.part, kind: kindOf(found.part, found.parent) };
}

function find(
  payload: MessagePart | undefined,
  partId: string,
): { part: MessagePart; parent: MessagePart | undefined } | null {
  let part = payload;
  let parent: MessagePart | undefined;
  for (const index of partId.split('.', deepestId)) {
    parent = part;
    part = /^\d{1,5}$/.test(index) ? part?.parts[Number(index)] : undefined;
  }
  return part === undefined ? null : { part, parent };
}

/** What made it a file is taken off; any kind of text is read as one. */
function asBody(part: MessagePart, partId: string, message: MessagePart | undefined): MessagePart {
  const about = (message?.headers ?? []).filter(({ name }) => !/^content-/i.test(name));
  const own = part.headers.filter(({ name }) => /^content-(?:type|transfer-encoding)$/i.test(name));
  const mimeType = mimeTypeOf(part);
  const kind = kindOf(part);
  const isOtherText = kind === 'mail' || (kind === 'file' && mimeType.startsWith('text/'));
  return {
    ...part,
    partId,
    filename: '',
    headers: [...about, ...own],
    mimeType: isOtherText ? 'text/plain' : mimeType,
  };
}
