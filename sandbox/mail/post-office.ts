import type { Accounts } from '../state/accounts.js';
import type { SandboxClock } from '../state/sandbox-clock.js';
import type { Mailbox } from './mailbox.js';
import type { Mailboxes } from './mailboxes.js';
import type { StoredMessage } from './stored-message.js';
import type { WrittenMail } from './written-mail.js';

/** Files the mail that programs write, and carries it to the accounts of the sandbox; nothing leaves it. */
export class PostOffice {
  constructor(
    private readonly accounts: Accounts,
    private readonly mailboxes: Mailboxes,
    private readonly clock: SandboxClock,
  ) {}

  /** A draft keeps its Message-ID. */
  keepDraft(email: string, written: WrittenMail, threadId?: string): StoredMessage {
    return this.file(email, written, ['DRAFT'], threadId);
  }

  /**
   * Sends a mail. Like Gmail it replaces the Message-ID by one of its own, takes the hidden recipients out of
   * every copy but the sender's, and shows the sender one copy of what they send to themselves.
   */
  send(email: string, written: WrittenMail, threadId?: string): StoredMessage {
    const toMyself = this.accountsOf(written).includes(email);
    const { messageId, ...mail } = written.mail;
    const labelIds = toMyself ? ['UNREAD', 'SENT', 'INBOX'] : ['SENT'];
    const sent = this.file(email, { ...written, mail }, labelIds, threadId);
    const { bcc, ...shown } = mail;
    for (const recipient of this.accountsOf(written).filter((account) => account !== email)) {
      const copy = { ...written, mail: { ...shown, messageId: sent.messageId } };
      this.file(recipient, copy, ['INBOX', 'UNREAD']);
    }
    return sent;
  }

  private accountsOf({ recipients }: WrittenMail): string[] {
    return [...new Set(recipients.flatMap((address) => this.accounts.find(address)?.email ?? []))];
  }

  private file(email: string, written: WrittenMail, labelIds: string[], threadId?: string): StoredMessage {
    const mailbox = this.mailboxes.of(email);
    const { mail, references, ownHeaders } = written;
    const nowMs = this.clock.nowMs();
    const joined = threadOf(mailbox, written, threadId);
    return mailbox.file({ ...mail, labelIds }, { nowMs, threadId: joined, references, ownHeaders });
  }
}

/**
 * The thread that a mail joins: it has to refer to a message there and to have its subject, and where the
 * sender names a thread, to that one.
 */
function threadOf(
  mailbox: Mailbox,
  { mail, references }: WrittenMail,
  threadId: string | undefined,
): string | null {
  return (
    mailbox
      .messages()
      .find(
        (message) =>
          (threadId === undefined || message.threadId === threadId) &&
          [...references, mail.inReplyTo].includes(message.messageId) &&
          bareSubject(message.mail.subject) === bareSubject(mail.subject),
      )?.threadId ?? null
  );
}

function bareSubject(subject: string): string {
  return subject.replace(/^(\s*(re|fwd?):\s*)+/i, '').trim();
}
