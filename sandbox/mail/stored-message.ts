import type { Mail } from './mail.js';

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
  mail: Mail & { to: string };
}
