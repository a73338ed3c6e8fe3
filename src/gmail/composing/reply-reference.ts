import type { GmailMessage } from '../client/answers.js';
import { headerOf } from '../client/message-parts.js';
import { headerValue } from './header-value.js';

/** What ties a reply to the message that it answers; Gmail wants all three to put it into the thread. */
export interface ReplyReference {
  threadId: string;
  /** That of the message, with `Re: ` before it unless it is there. */
  subject: string;
  /** Message-IDs of the conversation, oldest first, the message's own last (RFC 5322, section 3.6.4). */
  references: readonly string[];
}

/** The headers to read of a message that is answered. */
export const repliedHeaders: readonly string[] = ['Message-ID', 'In-Reply-To', 'References', 'Subject'];

/** A thread's first message and its latest ones are enough; a header of any length comes from strangers. */
const mostReferences = 20;
const longestMessageId = 500;

/** Reads a message in format `metadata` or `full`. */
export function replyReference({ threadId, payload }: GmailMessage): ReplyReference {
  const messageIds = (name: string): string[] =>
    (headerOf(payload, name)?.match(/<[\x21-\x3b\x3d\x3f-\x7e]+>/g) ?? []).filter(
      (id) => id.length <= longestMessageId,
    );
  const ancestors = messageIds('references');
  const [own] = messageIds('message-id');
  const known = ancestors.length > 0 ? ancestors : messageIds('in-reply-to').slice(0, 1);
  const references = own === undefined ? known : [...known.filter((id) => id !== own), own];
  return {
    threadId,
    subject: replySubject(headerValue(headerOf(payload, 'subject') ?? '')),
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

function replySubject(subject: string): string {
  return withoutPrefix(subject) === subject ? `Re: ${subject}`.trim() : subject;
}

function withoutPrefix(subject: string): string {
  return subject.replace(/^re:\s*/i, '');
}
