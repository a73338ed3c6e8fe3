import type { MessagePart } from './answers.js';

/** Deeper parts than this are not looked at; real mail stays below ten. */
export const deepestPart = 50;

/** The value of a part's header, whatever its case; several of one name are joined by a comma. */
export function headerOf(part: MessagePart | undefined, name: string): string | undefined {
  const values = part?.headers
    .filter((header) => header.name.toLowerCase() === name)
    .map(({ value }) => value);
  return values === undefined || values.length === 0 ? undefined : values.join(', ');
}

/** Whether a person gets the part as a file: it is named or marked as one, is a mail in itself, or is no text. */
export function isAttachment(part: MessagePart): boolean {
  if (part.filename !== '' || part.mimeType === 'message/rfc822') return true;
  if (/^\s*attachment/i.test(headerOf(part, 'content-disposition') ?? '')) return true;
  return !isText(part) && !part.mimeType.startsWith('multipart/');
}

/** Whether the part is of a kind that the body is made from. */
function isText({ mimeType }: MessagePart): boolean {
  return mimeType === 'text/plain' || mimeType === 'text/html';
}

/** All parts that are not inside an attached mail, in the order of the message, containers included. */
export function* partsOf(part: MessagePart | undefined, depth = 0): Generator<MessagePart> {
  if (part === undefined || depth > deepestPart) return;
  yield part;
  if (isAttachment(part)) return;
  for (const child of part.parts) yield* partsOf(child, depth + 1);
}

/** The parts that the body is made from. */
export function textParts(payload: MessagePart | undefined): MessagePart[] {
  return [...partsOf(payload)].filter((part) => isText(part) && !isAttachment(part));
}
