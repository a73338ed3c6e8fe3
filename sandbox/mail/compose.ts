import iconv from 'iconv-lite';
import MimeNode from 'nodemailer/lib/mime-node';
import type { AttachedMail, MailPart } from './mail.js';
import type { StoredMessage } from './stored-message.js';

/** A node of the MIME tree with the decoded bytes of its body; none for a multipart. */
export interface ComposedPart {
  node: MimeNode;
  part: MailPart;
  content: Buffer;
  /** Of an attached mail its body, with that mail's own headers. */
  children: readonly ComposedPart[];
}

/** The headers that every mail has. */
interface MailHeaders {
  messageId: string;
  sentAtMs: number;
  subject: string;
  from: string;
  to?: string | undefined;
  cc?: string | undefined;
}

/** Composes the MIME tree of a message. The same message always gives the same bytes. */
export async function compose(message: StoredMessage): Promise<ComposedPart> {
  const { id, mail, messageId, references, internalDateMs, ownHeaders } = message;
  const root = rootNode(mail.body, id);
  if (ownHeaders === undefined) root.setHeader('Delivered-To', mail.to);
  setHeaders(root, { ...mail, messageId, sentAtMs: internalDateMs });
  root.setHeader({
    ...(mail.bcc !== undefined && { Bcc: mail.bcc }),
    ...(mail.inReplyTo !== undefined && { 'In-Reply-To': mail.inReplyTo }),
    ...(references.length > 0 && { References: references.join(' ') }),
  });
  for (const { name, value } of [...(mail.headers ?? []), ...(ownHeaders ?? [])]) root.addHeader(name, value);
  return fill(root, mail.body, id);
}

/** The parts of a message in reading order, multiparts included, without those of attached mails. */
export function partsOf(part: MailPart): MailPart[] {
  return [part, ...('parts' in part ? part.parts.flatMap(partsOf) : [])];
}

async function fill(node: MimeNode, part: MailPart, boundary: string): Promise<ComposedPart> {
  if ('parts' in part) {
    const children: ComposedPart[] = [];
    for (const child of part.parts)
      children.push(await fill(node.createChild(...nodeArguments(child)), child, boundary));
    return { node, part, content: Buffer.alloc(0), children };
  }
  if ('mail' in part) {
    const attached = await composeAttached(part.mail, `${boundary}a`);
    const content = await attached.node.build();
    node.setHeader('Content-Disposition', 'attachment');
    node.setContent(content);
    return { node, part, content, children: [attached] };
  }
  if ('contentBase64' in part) {
    node.setHeader('Content-Disposition', part.contentId === undefined ? 'attachment' : 'inline');
    if (part.contentId !== undefined) node.setHeader('Content-ID', `<${part.contentId}>`);
  } else if (charsetOf(part) !== 'utf-8' || 'textBase64' in part) {
    node.setHeader('Content-Transfer-Encoding', 'quoted-printable');
  }
  const content = contentOf(part);
  node.setContent(content);
  return { node, part, content, children: [] };
}

function composeAttached(mail: AttachedMail, boundary: string): Promise<ComposedPart> {
  const root = rootNode(mail.body, boundary);
  const { messageId = `<${boundary}@mail.sandbox.test>` } = mail;
  setHeaders(root, { ...mail, messageId, sentAtMs: Date.parse(mail.date) });
  return fill(root, mail.body, boundary);
}

function rootNode(body: MailPart, baseBoundary: string): MimeNode {
  const [contentType, options] = nodeArguments(body);
  return new MimeNode(contentType, { ...options, baseBoundary, newline: 'win', keepBcc: true });
}

function setHeaders(root: MimeNode, { messageId, sentAtMs, subject, from, to, cc }: MailHeaders): void {
  root.setHeader({
    'Message-ID': messageId,
    Date: new Date(sentAtMs).toUTCString().replace('GMT', '+0000'),
    Subject: subject,
    From: from,
    ...(to !== undefined && to !== '' && { To: to }),
    ...(cc !== undefined && { Cc: cc }),
  });
}

function nodeArguments(part: MailPart): [string, { filename?: string }] {
  const named = 'fileName' in part && part.fileName !== undefined ? { filename: part.fileName } : {};
  const charset = charsetOf(part);
  const method = 'method' in part ? `; method=${part.method}` : '';
  return [`${part.contentType}${charset === null ? '' : `; charset=${charset}`}${method}`, named];
}

function charsetOf(part: MailPart): string | null {
  if ('charset' in part) return part.charset;
  return part.contentType === 'text/calendar' ? 'utf-8' : null;
}

/** The decoded bytes of a part: text in its own charset. */
function contentOf(part: Exclude<MailPart, { parts: unknown } | { mail: unknown }>): Buffer {
  if ('contentBase64' in part) return Buffer.from(part.contentBase64, 'base64');
  if ('textBase64' in part) return Buffer.from(part.textBase64, 'base64');
  return iconv.encode(part.text, 'charset' in part ? part.charset : 'utf-8');
}
