import type { MailboxAddress } from './mailbox-address.js';

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
