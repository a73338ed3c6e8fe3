import { addressParser } from 'postal-mime';
import type { GmailMessage } from '../client/answers.js';
import { firstHeaderOf, headerOf } from '../client/message-parts.js';
import { quoteBareNames } from '../reading/bare-names.js';
import { headerValue } from './header-value.js';
import { parseMailboxAddress, type MailboxAddress } from './mailbox-address.js';

/** What ties a reply to the message that it answers; Gmail wants all three to put it into the thread. */
export interface ReplyReference {
  threadId: string;
  /** That of the message, with `Re: ` before it unless it is there. */
  subject: string;
  /** Message-IDs of the conversation, oldest first, the message's own last (RFC 5322, section 3.6.4). */
  references: readonly string[];
  /** Where a reply goes by itself (RFC 5322, section 3.6.2); empty where the message names no usable address. */
  recipients: readonly MailboxAddress[];
}

/** The headers to read of a message that is answered. */
export const repliedHeaders: readonly string[] = [
  'Message-ID',
  'In-Reply-To',
  'References',
  'Subject',
  'From',
  'To',
  'Reply-To',
];

/** A thread's first message and its latest ones are enough; a header of any length comes from strangers. */
const mostReferences = 20;
const longestMessageId = 500;

/**
 * Reads a message in format `metadata` or `full`.
 * @param account the mailbox's own address: what was sent from it is answered to those it went to
 */
export function replyReference(
  { threadId, payload }: GmailMessage,
  account: string | null = null,
): ReplyReference {
  const messageIds = (name: string): string[] =>
    (headerOf(payload, name)?.match(/<[\x21-\x3b\x3d\x3f-\x7e]+>/g) ?? []).filter(
      (id) => id.length <= longestMessageId,
    );
  const ancestors = messageIds('references');
  const own = messageIds('message-id')[0] ?? bareMessageId(headerOf(payload, 'message-id') ?? '');
  const from = addressesIn(firstHeaderOf(payload, 'from'));
  const isOwn = from.some(({ address }) => address.toLowerCase() === account?.toLowerCase());
  const replyTo = addressesIn(firstHeaderOf(payload, 'reply-to'));
  const known = ancestors.length > 0 ? ancestors : messageIds('in-reply-to').slice(0, 1);
  const references = own === undefined ? known : [...known.filter((id) => id !== own), own];
  return {
    threadId,
    subject: replySubject(headerValue(firstHeaderOf(payload, 'subject') ?? '')),
    recipients: isOwn ? addressesIn(headerOf(payload, 'to')) : replyTo.length > 0 ? replyTo : from,
    references:
      references.length <= mostReferences
        ? references
        : [...references.slice(0, 1), ...references.slice(1 - mostReferences)],
  };
}

/** Whether a subject is that of the reply, with or without its `Re:`. */
export function isSubjectOf(subject: string, reply: ReplyReference): boolean {
  return withoutPrefix(headerValue(subject)) === withoutPrefix(reply.subject);
}

function addressesIn(value = ''): MailboxAddress[] {
  return addressParser(quoteBareNames(value))
    .flatMap(({ group, ...single }) => group ?? [single])
    .flatMap(({ name: shown, address = '' }) => recipient(headerValue(shown), address) ?? []);
}

/** Some programs leave the angle brackets out. */
function bareMessageId(value: string): string | undefined {
  const id = value.trim();
  const isOne = /^[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+$/.test(id);
  return isOne && id.length <= longestMessageId - 2 ? `<${id}>` : undefined;
}

/** Without a name that reads as another address. */
function recipient(name: string, address: string): MailboxAddress | null {
  const quoted = `"${name.replaceAll(/["\\]/g, '\\$&')}" <${address}>`;
  return parseMailboxAddress(quoted) ?? parseMailboxAddress(address);
}

function replySubject(subject: string): string {
  return withoutPrefix(subject) === subject ? `Re: ${subject}`.trim() : subject;
}

function withoutPrefix(subject: string): string {
  return subject.replace(/^re:\s*/i, '');
}
