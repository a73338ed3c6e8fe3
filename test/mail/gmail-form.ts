import { decodeWords } from 'postal-mime';
import type { Payload } from '../../sandbox/gmail/payload.js';

type Header = Payload['headers'][number];

/** A raw mail (RFC 5322) in the form that `users.messages.get` gives it with `format=full`. */
export function gmailPayload(mail: Buffer, partId = ''): Payload {
  const { head, body } = divided(mail);
  const headers = headersIn(head);
  const contentType = valueOf(headers, 'content-type') || 'text/plain';
  const mimeType = /^[^;\s]*/.exec(contentType)?.[0].toLowerCase() ?? '';
  const filename =
    parameter(valueOf(headers, 'content-disposition'), 'filename') || parameter(contentType, 'name');
  const content = decoded(body, valueOf(headers, 'content-transfer-encoding').toLowerCase().trim());
  const parts = childrenOf(mimeType, contentType, content).map((child, index) =>
    gmailPayload(child, partId === '' ? String(index) : `${partId}.${index}`),
  );
  const common = { partId, mimeType, filename, headers };
  if (parts.length > 0) return { ...common, body: { size: 0 }, parts };
  const isInline = mimeType.startsWith('text/') || mimeType.startsWith('m');
  const where = isInline ? { data: content.toString('base64url') } : { attachmentId: `a${partId}` };
  return { ...common, body: { size: content.length, ...where } };
}

function childrenOf(mimeType: string, contentType: string, content: Buffer): Buffer[] {
  if (mimeType === 'message/rfc822') return [content];
  if (!mimeType.startsWith('multipart/')) return [];
  const text = content.toString('latin1');
  const pieces = text.split(
    new RegExp(`(?:^|\r?\n)--${escaped(parameter(contentType, 'boundary'))}(?=--|\r?\n)`),
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

/** Unfolded, and with encoded-words decoded, as Gmail gives them. */
function headersIn(head: string): Header[] {
  const lines = Buffer.from(head, 'latin1')
    .toString()
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 1
      ? []
      : [{ name: line.slice(0, colon), value: decodeWords(line.slice(colon + 1).trim()) }];
  });
}

function valueOf(headers: readonly Header[], name: string): string {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? '';
}

function parameter(value: string, name: string): string {
  const found = new RegExp(`[;\\s]${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(value);
  return found?.[1] ?? found?.[2] ?? '';
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
