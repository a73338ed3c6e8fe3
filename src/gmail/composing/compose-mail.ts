import { randomUUID } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { EvergrantError } from '../../errors/index.js';
import { headerValue } from './header-value.js';
import type { MailboxAddress } from './mailbox-address.js';
import type { ReplyReference } from './reply-reference.js';
import { textAsHtml } from './text-as-html.js';

/** A mail to be written. */
export interface MailContent {
  /** The account's own address; without it Gmail puts in the account's. */
  from: string | null;
  to: readonly MailboxAddress[];
  cc: readonly MailboxAddress[];
  bcc: readonly MailboxAddress[];
  /** Not looked at in a reply, which keeps the subject of its thread. */
  subject: string;
  /** Plain text. */
  body: string;
  /** The same as HTML, for programs that show it; made from the text when absent. */
  htmlBody?: string | undefined;
  reply?: Omit<ReplyReference, 'recipients'> | undefined;
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

/** What Gmail lets people send; in base64url it stays below the API's 35 MB. */
const largestMailBytes = 25 * 1024 * 1024;

/**
 * Composes a mail. Whatever its texts hold, they make no header of their own.
 * @throws EvergrantError `PAYLOAD_TOO_LARGE` for more than 25 MiB, naming the larger of the two bodies.
 */
export async function composeMail(content: MailContent): Promise<ComposedMail> {
  const { from, reply, body, htmlBody } = content;
  const messageId = `<${randomUUID()}@${from?.split('@').at(-1) ?? 'evergrant.invalid'}>`;
  let mime = await build(content, messageId, htmlBody ?? (body === '' ? undefined : textAsHtml(body)));
  // Two of a body may be too much where one is not.
  if (mime.length > largestMailBytes && htmlBody === undefined) mime = await build(content, messageId);
  if (mime.length > largestMailBytes) throw tooLarge(content);
  return { mime, messageId, ...(reply === undefined ? {} : { threadId: reply.threadId }) };
}

async function build(content: MailContent, messageId: string, html?: string): Promise<Buffer> {
  const { from, to, cc, bcc, subject, body, reply } = content;
  const node = new MailComposer({
    ...(from === null ? {} : { from: { name: '', address: from } }),
    to: [...to],
    cc: [...cc],
    bcc: [...bcc],
    subject: reply?.subject ?? headerValue(subject),
    messageId,
    inReplyTo: reply?.references.at(-1),
    references: reply?.references.join(' '),
    text: withLineFeeds(body),
    html: html === undefined ? undefined : withLineFeeds(html),
    headers: { [identityHeader]: messageId },
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

function tooLarge({ body, htmlBody = '' }: MailContent): EvergrantError {
  const field = htmlBody.length > body.length ? 'htmlBody' : 'body';
  return new EvergrantError('PAYLOAD_TOO_LARGE', {
    field,
    message: `The mail is larger than the 25 MB that Gmail takes: shorten "${field}"`,
  });
}
