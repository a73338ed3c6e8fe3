import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Attachment } from 'postal-mime';
import type { ActAddress, ActFile, ActMessage } from '../../policy/index.js';

/** Where a file of a mail comes from, by its SHA-256 in hex. */
export type FileOrigins = (sha256: string) => ActFile['origin'];

/** What the caller has given, so far as nothing else is said. */
export function fromCaller(): ActFile['origin'] {
  return 'upload';
}

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
  return {
    from: mail.from === undefined ? null : (addresses([mail.from])[0] ?? null),
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    bcc: addresses(mail.bcc),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? null,
    files: mail.attachments.map((attachment) => file(attachment, originOf)),
    threadId,
  };
}

/** Those of groups one by one. */
function addresses(listed: readonly Address[] = []): ActAddress[] {
  return listed.flatMap((each) => each.group ?? [each]).map(({ name, address }) => ({ name, address }));
}

function file({ filename, mimeType, content }: Attachment, originOf: FileOrigins): ActFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name: filename ?? '', mimeType, sizeBytes: bytes.length, sha256, origin: originOf(sha256) };
}
