import MimeNode from 'nodemailer/lib/mime-node';
import type { MailPart } from './mail.js';
import type { StoredMessage } from './stored-message.js';

/** A node of the MIME tree with the decoded bytes of its body; none for a multipart. */
export interface ComposedPart {
  node: MimeNode;
  part: MailPart;
  content: Buffer;
  children: readonly ComposedPart[];
}

/** The decoded bytes of a part: text in its own charset. */
function contentOf(part: MailPart): Buffer {
  if ('parts' in part) return Buffer.alloc(0);
  if ('contentBase64' in part) return Buffer.from(part.contentBase64, 'base64');
  return Buffer.from(part.text, part.charset === 'utf-8' ? 'utf8' : 'latin1');
}

function fill(node: MimeNode, part: MailPart): ComposedPart {
  const content = contentOf(part);
  if ('parts' in part) {
    const children = part.parts.map((child) => fill(node.createChild(...nodeArguments(child)), child));
    return { node, part, content, children };
  }
  if ('contentBase64' in part) {
    node.setHeader('Content-Disposition', part.contentId === undefined ? 'attachment' : 'inline');
    if (part.contentId !== undefined) node.setHeader('Content-ID', `<${part.contentId}>`);
  } else if (part.charset !== 'utf-8') {
    node.setHeader('Content-Transfer-Encoding', 'quoted-printable');
  }
  node.setContent(content);
  return { node, part, content, children: [] };
}

function nodeArguments(part: MailPart): [string, { filename?: string }] {
  const charset = 'text' in part ? `; charset=${part.charset}` : '';
  return [part.contentType + charset, 'fileName' in part ? { filename: part.fileName } : {}];
}

/** Composes the MIME tree of a message. The same message always gives the same bytes. */
export function compose(message: StoredMessage): ComposedPart {
  const { id, mail, messageId, references, internalDateMs, ownHeaders } = message;
  const [contentType, options] = nodeArguments(mail.body);
  const root = new MimeNode(contentType, { ...options, baseBoundary: id, newline: 'win', keepBcc: true });
  root.setHeader({
    ...(ownHeaders === undefined && { 'Delivered-To': mail.to }),
    'Message-ID': messageId,
    Date: new Date(internalDateMs).toUTCString().replace('GMT', '+0000'),
    Subject: mail.subject,
    From: mail.from,
    ...(mail.to !== '' && { To: mail.to }),
    ...(mail.cc !== undefined && { Cc: mail.cc }),
    ...(mail.bcc !== undefined && { Bcc: mail.bcc }),
    ...(mail.inReplyTo !== undefined && { 'In-Reply-To': mail.inReplyTo }),
    ...(references.length > 0 && { References: references.join(' ') }),
  });
  for (const { name, value } of ownHeaders ?? []) root.addHeader(name, value);
  return fill(root, mail.body);
}

/** The parts of a message in reading order, multiparts included. */
export function partsOf(part: MailPart): MailPart[] {
  return [part, ...('parts' in part ? part.parts.flatMap(partsOf) : [])];
}
