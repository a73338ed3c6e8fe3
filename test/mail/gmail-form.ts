import { decodeWords } from 'postal-mime';
import type { Payload } from '../../sandbox/gmail/payload.js';
import { partFilename, parameter } from './part-filename.js';

type Header = Payload['headers'][number];

interface Form {
  partId?: string;
  /** Encoded words (RFC 2047) stay in headers, as where Gmail cannot read them. */
  headersAsSent?: boolean;
  /** The type of a part that names none: in a digest (RFC 2046, section 5.1.5) a mail. */
  defaultType?: string;
}

/** A raw mail (RFC 5322) in the form that `users.messages.get` gives it with `format=full`. */
export function gmailPayload(mail: Buffer, form: Form = {}): Payload {
  const { partId = '', headersAsSent = false, defaultType = 'text/plain' } = form;
  const { head, body } = divided(mail);
  const sent = headersIn(head);
  const headers = headersAsSent ? sent : sent.map(({ name, value }) => ({ name, value: decodeWords(value) }));
  const contentType = valueOf(sent, 'content-type') || defaultType;
  const mimeType = /^[^;\s]*/.exec(contentType)?.[0].toLowerCase() ?? '';
  const filename = partFilename(valueOf(sent, 'content-disposition'), contentType);
  const content = decoded(body, valueOf(sent, 'content-transfer-encoding').toLowerCase().trim());
  const childType = mimeType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const parts = childrenOf(mimeType, contentType, content).map((child, index) =>
    gmailPayload(child, {
      headersAsSent,
      partId: partId === '' ? String(index) : `${partId}.${index}`,
      defaultType: childType,
    }),
  );
  const common = { partId, mimeType, filename, headers };
  return parts.length > 0
    ? { ...common, body: { size: 0 }, parts }
    : { ...common, body: bodyOf(content, mimeType, partId) };
}

/** Texts come with the message, files do not. */
function bodyOf(content: Buffer, mimeType: string, partId: string): Payload['body'] {
  const isInline = mimeType.startsWith('text') || mimeType.startsWith('m');
  const where = isInline ? { data: content.toString('base64url') } : { attachmentId: `a${partId}` };
  return { size: content.length, ...where };
}

function childrenOf(mimeType: string, contentType: string, content: Buffer): Buffer[] {
  if (mimeType === 'message/rfc822') return [content];
  if (!mimeType.startsWith('multipart/')) return [];
  const text = content.toString('latin1');
  const pieces = text.split(
    new RegExp(`(?:^|\r?\n)--${escaped(parameter(contentType, 'boundary'))}[ \t]*(?=--|\r?\n)`),
  );
  return pieces
    .slice(1)
    .filter((piece) => !piece.startsWith('--'))
    .map((piece) => Buffer.from(piece.replace(/^\r?\n/, ''), 'latin1'));
}

function divided(mail: Buffer): { head: string; body: Buffer } {
  const text = mail.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text.startsWith('\r\n') || text.startsWith('\n') ? `\n${text}` : text);
  if (text.startsWith('\r\n')) return { head: '', body: mail.subarray(2) };
  if (text.startsWith('\n')) return { head: '', body: mail.subarray(1) };
  if (end === null) return { head: text, body: Buffer.alloc(0) };
  return { head: text.slice(0, end.index), body: mail.subarray(end.index + end[0].length) };
}

/** Unfolded. */
function headersIn(head: string): Header[] {
  const lines = Buffer.from(head, 'latin1')
    .toString()
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [{ name: line.slice(0, colon), value: line.slice(colon + 1).trim() }];
  });
}

function valueOf(headers: readonly Header[], name: string): string {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function decoded(body: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body.toString('latin1'), 'base64');
  if (encoding !== 'quoted-printable') return body;
  const text = body.toString('latin1').replaceAll(/[ \t]*=\r?\n/g, '');
  const bytes = text.replaceAll(/=([0-9A-F]{2})/gi, (_match, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}
