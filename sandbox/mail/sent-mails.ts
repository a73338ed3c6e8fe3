import type { StoredMessage } from './stored-message.js';
import type { WrittenMail } from './written-mail.js';

/** A mail that left an account. */
export interface SentMail {
  /** Counted over all accounts, from 1. */
  sequence: number;
  /** ISO time of the sandbox's clock. */
  at: string;
  account: string;
  method: 'messages.send' | 'drafts.send';
  /** That of the sent message in the sender's mailbox. */
  id: string;
  threadId: string;
  /** Gmail's own, with angle brackets. */
  messageId: string;
  /** The one that the mail was handed over with; null if it had none. */
  givenMessageId: string | null;
  from: string;
  /** Addresses of To, Cc and Bcc. */
  recipients: readonly string[];
  subject: string;
}

/** All mail that programs have sent, in order: what tests count from. It outlives the mails themselves. */
export class SentMails {
  private mails: SentMail[] = [];
  private readonly raws = new Map<number, Buffer>();
  private sequence = 0;

  note(
    account: string,
    { mail, recipients, raw, ...of }: WrittenMail & Pick<SentMail, 'at' | 'method'>,
    { id, threadId, messageId }: StoredMessage,
  ): void {
    this.sequence += 1;
    this.raws.set(this.sequence, raw);
    this.mails.push({
      ...{ sequence: this.sequence, at: of.at, account, method: of.method, id, threadId, messageId },
      givenMessageId: mail.messageId ?? null,
      ...{ from: mail.from, recipients, subject: mail.subject },
    });
  }

  list(): readonly SentMail[] {
    return this.mails;
  }

  /** The bytes of a mail as they were handed over. */
  raw(sequence: number): Buffer | undefined {
    return this.raws.get(sequence);
  }

  clear(): void {
    this.mails = [];
    this.raws.clear();
  }
}
