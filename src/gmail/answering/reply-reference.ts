import { OwnAddresses } from './own-addresses.js';
import { replyAudience } from './reply-audience.js';
import { bareSubject, replySubject } from './subject-prefix.js';
import type { GmailMessage } from '../client/answers.js';
import { firstHeaderOf, headerOf } from '../client/message-parts.js';
import { headerValue } from '../composing/header-value.js';
import type { ReplyReference } from '../composing/reply-place.js';

/** The headers to read of a message that is answered. */
export const repliedHeaders: readonly string[] = [
  'Message-ID',
  'In-Reply-To',
  'References',
  'Subject',
  'From',
  'To',
  'Cc',
  'Reply-To',
];

/** A thread's first message and its latest ones are enough; a header of any length comes from strangers. */
const mostReferences = 20;
const longestMessageId = 500;

/**
 * Reads a message in format `metadata` or `full`.
 * @param account the mailbox's own address: what was sent from it is answered to those it went to
 */
export function replyReference(message: GmailMessage, account: string | null = null): ReplyReference {
  const { threadId, payload } = message;
  const messageIds = (name: string): string[] =>
    (headerOf(payload, name)?.match(/<[\x21-\x3b\x3d\x3f-\x7e]+>/g) ?? []).filter(
      (id) => id.length <= longestMessageId,
    );
  const ancestors = messageIds('references');
  const own = messageIds('message-id')[0] ?? bareMessageId(headerOf(payload, 'message-id') ?? '');
  const known = ancestors.length > 0 ? ancestors : messageIds('in-reply-to').slice(0, 1);
  const references = own === undefined ? known : [...known.filter((id) => id !== own), own];
  return {
    threadId,
    subject: replySubject(headerValue(firstHeaderOf(payload, 'subject') ?? '')),
    recipients: replyAudience(message, new OwnAddresses([account]), false).to,
    references:
      references.length <= mostReferences
        ? references
        : [...references.slice(0, 1), ...references.slice(1 - mostReferences)],
  };
}

/** Whether a subject is that of the reply, with or without its `Re:`. */
export function isSubjectOf(subject: string, reply: ReplyReference): boolean {
  return bareSubject(headerValue(subject)) === bareSubject(reply.subject);
}

/** Some programs leave the angle brackets out, or one of them, or write a comment behind. */
function bareMessageId(value: string): string | undefined {
  const id = value
    .replaceAll(/\([^()]*\)/g, ' ')
    .trim()
    .replaceAll(/^<|>$/g, '');
  const isOne = /^[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+$/.test(id);
  return isOne && id.length <= longestMessageId - 2 ? `<${id}>` : undefined;
}
