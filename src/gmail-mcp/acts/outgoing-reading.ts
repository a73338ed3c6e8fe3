import { createHash } from 'node:crypto';
import PostalMime, { addressParser, type Address, type Attachment, type Email } from 'postal-mime';
import type { ActAddress, ActFile, ActMessage } from '../../policy/index.js';

/** Where a file of a mail comes from, by its SHA-256 in hex. */
export type FileOrigins = (sha256: string) => ActFile['origin'];

/** What the caller has given, so far as nothing else is said. */
export function fromCaller(): ActFile['origin'] {
  return 'upload';
}

/** Told as fields of their own, or given anew at each composing. */
const toldElsewhere = new Set([
  ...['from', 'to', 'cc', 'bcc', 'reply-to', 'subject', 'in-reply-to', 'references', 'content-language'],
  ...[
    'date',
    'message-id',
    'mime-version',
    'content-type',
    'content-transfer-encoding',
    'content-disposition',
  ],
  ...['x-evergrant-message-id', 'received'],
]);

/**
 * Reads a mail as it is about to leave. It is read from the bytes that are sent, so that whatever composed them, what is
 * decided on and what a person sees is what goes out.
 */
export async function readOutgoing(
  mime: Buffer,
  threadId: string | null,
  originOf: FileOrigins,
): Promise<ActMessage> {
  const mail = await PostalMime.parse(mime, { attachmentEncoding: 'arraybuffer' });
  const [sender, ...further] = addressesOf(mail, 'from', mail.from === undefined ? [] : [mail.from]);
  return {
    from: sender ?? null,
    to: addressesOf(mail, 'to', mail.to),
    cc: addressesOf(mail, 'cc', mail.cc),
    bcc: addressesOf(mail, 'bcc', mail.bcc),
    replyTo: addressesOf(mail, 'reply-to', mail.replyTo),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? null,
    files: mail.attachments.map((attachment) => file(attachment, originOf)),
    threadId,
    inReplyTo: mail.inReplyTo ?? null,
    language: valueOf(mail, 'content-language'),
    headers: [
      ...further.map(({ address }) => ({ name: 'From', value: address })),
      ...mail.headers
        .filter(({ key }) => !toldElsewhere.has(key))
        .map(({ originalKey, value }) => ({ name: originalKey, value })),
    ],
  };
}

function valueOf({ headers }: Email, name: string): string | null {
  return headers.find(({ key }) => key === name)?.value ?? null;
}

/**
 * Those of groups one by one, and those of all headers where one stands there twice, of which the parser takes one. What
 * is no list as RFC 5322 writes it, such as two addresses without a comma, other programs may read otherwise: whatever
 * looks like an address in it counts as one to whom it goes.
 */
function addressesOf({ headers }: Email, name: string, parsed: readonly Address[] = []): ActAddress[] {
  const values = headers.filter(({ key }) => key === name).map(({ value }) => value);
  const listed = values.length > 1 ? values.flatMap((value) => addressParser(value)) : parsed;
  const read = listed
    .flatMap((each) => each.group ?? [each])
    .map((each) => ({ name: each.name, address: each.address }));
  const addresses = new Set(read.map(({ address }) => address));
  const passedOver = values.flatMap(addressLike).filter((address) => !addresses.has(address));
  return [...read, ...[...new Set(passedOver)].map((address) => ({ name: '', address }))];
}

/**
 * Quoted strings, comments and encoded-words, in which an address is a name or a remark (RFC 5322, section 3.2; RFC 2047).
 * Each is bounded, so that many beginnings without an end take no time.
 */
const namesAndRemarks =
  /"(?:[^"\\]|\\.){0,1000}"|\((?:[^()\\]|\\.){0,1000}\)|=\?[^\s?]{1,60}\?[bq]\?[^\s?]{0,1000}\?=/gi;

function addressLike(value: string): string[] {
  return value
    .replaceAll(namesAndRemarks, '')
    .split(/[\s<>,;:()"]+/)
    .filter((word) => word.lastIndexOf('@') > 0 && !word.endsWith('@'));
}

function file({ filename, mimeType, content }: Attachment, originOf: FileOrigins): ActFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name: filename ?? '', mimeType, sizeBytes: bytes.length, sha256, origin: originOf(sha256) };
}
