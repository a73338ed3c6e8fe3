import { decodeWords } from 'postal-mime';
import type { ComposedPart } from '../mail/compose.js';
import { attachmentIdOf } from './attachment-id.js';

/** Text above this comes as an attachmentId without data, as large text does in Gmail. */
const largeTextBytes = 50_000;

interface Header {
  name: string;
  value: string;
}

/** `MessagePart` of the Gmail API. */
export interface Payload {
  partId: string;
  mimeType: string;
  filename: string;
  headers: Header[];
  body: { size: number; data?: string; attachmentId?: string };
  parts?: Payload[];
}

/** The headers of a part, unfolded, and with encoded-words (RFC 2047) decoded as Gmail does. */
export function headersOf({ node }: ComposedPart): Header[] {
  return node
    .buildHeaders()
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .map((line) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon), value: decodeWords(line.slice(colon + 1).trim()) };
    });
}

/** An attached mail is both: a body to fetch, and the parts that are in it. */
export function payloadOf(composed: ComposedPart, partId = ''): Payload {
  const { part, content, children } = composed;
  return {
    partId,
    mimeType: part.contentType,
    filename: 'fileName' in part ? (part.fileName ?? '') : '',
    headers: headersOf(composed),
    body: {
      size: content.length,
      ...(content.length > 0 &&
        (isFetchedApart(composed)
          ? { attachmentId: attachmentIdOf(partId) }
          : { data: content.toString('base64url') })),
    },
    ...(children.length > 0 && {
      parts: children.map((child, index) => payloadOf(child, childPartId(partId, index))),
    }),
  };
}

/** Only texts that a person reads at once come with the message; an invitation does not. */
function isFetchedApart({ part, content }: ComposedPart): boolean {
  const isNamed = 'fileName' in part && part.fileName !== undefined;
  return isNamed || !('charset' in part) || content.length > largeTextBytes;
}

/** The bytes of the part with this id; undefined when there is none, or it is a multipart. */
export function partContent(composed: ComposedPart, wanted: string, partId = ''): Buffer | undefined {
  if (partId === wanted) return 'parts' in composed.part ? undefined : composed.content;
  return composed.children
    .map((child, index) => partContent(child, wanted, childPartId(partId, index)))
    .find((content) => content !== undefined);
}

/** Gmail counts parts from 0, and leaves the root without an id. */
function childPartId(parent: string, index: number): string {
  return parent === '' ? String(index) : `${parent}.${index}`;
}
