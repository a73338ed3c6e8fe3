import type { Mail } from './mail.js';

export interface Header {
  name: string;
  value: string;
}

/** A mail in a mailbox, with what Gmail adds to it. */
export interface StoredMessage {
  id: string;
  threadId: string;
  labelIds: readonly string[];
  historyId: string;
  internalDateMs: number;
  messageId: string;
  /** Message-IDs of the conversation so far, oldest first. */
  references: readonly string[];
  /** Further headers of a mail that a program wrote, in its order; none of a mail that came in. */
  ownHeaders?: readonly Header[];
  /** What `format=raw` tells of a mail that a program wrote; it is composed of any other. */
  raw?: Buffer;
  mail: Mail & { to: string };
}
