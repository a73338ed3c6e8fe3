import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { EvergrantError } from '../../errors/index.js';
import { headerValue } from './header-value.js';
import { htmlBodyOf, plainBody, type WrittenBodies } from './mail-bodies.js';
import { attachmentOf, encodedBytes, largestMailBytes, type MailFile } from './mail-file.js';
import type { MailboxAddress } from './mailbox-address.js';
import type { ReplyReference } from './reply-place.js';

/** A mail to be written. */
export interface MailContent extends WrittenBodies {
  /** The account's own address, or another that it may send as; without it Gmail puts in the account's. */
  from: string | null;
  /** Shown with it. */
  fromName?: string | undefined;
  replyTo?: MailboxAddress | undefined;
  to: readonly MailboxAddress[];
  cc: readonly MailboxAddress[];
  bcc: readonly MailboxAddress[];
  /** Not looked at in a reply, which keeps the subject of its thread. */
  subject: string;
  reply?: Omit<ReplyReference, 'recipients'> | undefined;
  files?: readonly MailFile[] | undefined;
  /** Of what is written, as a tag (RFC 5646), for `Content-Language` (RFC 3282). */
  language?: string | undefined;
}

/** A mail as Gmail takes it. */
export interface ComposedMail {
  /** RFC 5322, lines ending in CRLF. */
  mime: Buffer;
  /** The `Message-ID` that was given to it, with its angle brackets; also in the {@link identityHeader}. */
  messageId: string;
  threadId?: string;
}

/** Holds the Message-ID that we gave: when sending, Gmail replaces most by its own. */
export const identityHeader = 'X-Evergrant-Message-ID';

/**
 * Composes a mail. Whatever its texts hold, they make no header of their own.
 * @throws EvergrantError `PAYLOAD_TOO_LARGE` for more than Gmail takes (35 MiB), naming what is largest of it.
 */
export async function composeMail(content: MailContent): Promise<ComposedMail> {
  const { from, reply, htmlBody, body, files = [] } = content;
  const least = body.length + encodedBytes(files.map(({ content: { length } }) => length));
  if (Math.max(least, htmlBody?.length ?? 0) > largestMailBytes) throw tooLarge(content);
  const messageId = `<${randomUUID()}@${from?.split('@').at(-1) ?? 'evergrant.invalid'}>`;
  let mime = await build(content, messageId, htmlBodyOf(content));
  // Two of a body may be too much where one is not.
  if (mime.length > largestMailBytes && htmlBody === undefined) mime = await build(content, messageId);
  if (mime.length > largestMailBytes) throw tooLarge(content);
  return { mime, messageId, ...(reply === undefined ? {} : { threadId: reply.threadId }) };
}

async function build(content: MailContent, messageId: string, html?: string): Promise<Buffer> {
  const { from, fromName = '', replyTo, to, cc, bcc, subject, reply, files = [], language } = content;
  const node = new MailComposer({
    ...(from === null ? {} : { from: { name: headerValue(fromName), address: from } }),
    ...(replyTo === undefined ? {} : { replyTo }),
    to: [...to],
    cc: [...cc],
    bcc: [...bcc],
    subject: reply?.subject ?? headerValue(subject),
    messageId,
    inReplyTo: reply?.references.at(-1),
    references: reply?.references.join(' '),
    text: withLineFeeds(plainBody(content)),
    html: html === undefined ? undefined : withLineFeeds(html),
    attachments: files.map(attachmentOf),
    headers: {
      [identityHeader]: messageId,
      ...(language === undefined ? {} : { 'Content-Language': headerValue(language) }),
    },
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  // Gmail learns the hidden recipients from the header, and takes it out itself.
  node.keepBcc = true;
  return node.build();
}

/** A lone CR is a line break to some readers and none to others. */
function withLineFeeds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

function tooLarge({ body, htmlBody = '', quoted, files = [] }: MailContent): EvergrantError {
  const sizes: [field: string, size: number][] = [
    ['body', body.length],
    ['htmlBody', htmlBody.length],
    ['quote', quoted?.html.length ?? 0],
    ['attachments', files.reduce((sum, { content }) => sum + content.length, 0)],
  ];
  const [field] = sizes.reduce((largest, each) => (each[1] > largest[1] ? each : largest));
  return mailTooLarge(field);
}

/** @param field the argument that is to blame */
export function mailTooLarge(field: string): EvergrantError {
  return new EvergrantError('PAYLOAD_TOO_LARGE', {
    field,
    message: `The mail is larger than the 35 MB that Gmail takes, files encoded: shorten "${field}"`,
  });
}
