import type { Accounts } from '../state/accounts.js';
import type { SandboxClock } from '../state/sandbox-clock.js';
import type { Draft, Mailbox } from './mailbox.js';
import type { Mailboxes } from './mailboxes.js';
import type { SentMails } from './sent-mails.js';
import type { StoredMessage } from './stored-message.js';
import type { WrittenMail } from './written-mail.js';

interface ThreadFiling {
  /** The thread that the sender names. */
  threadId?: string | undefined;
  /** The thread of a mail that fits into none. */
  fallback?: string;
}
interface SendFiling extends ThreadFiling {
  method: 'messages.send' | 'drafts.send';
}

/** Files the mail that programs write, and carries it to the accounts of the sandbox; nothing leaves it. */
export class PostOffice {
  constructor(
    private readonly accounts: Accounts,
    private readonly mailboxes: Mailboxes,
    private readonly clock: SandboxClock,
    private readonly sentMails: SentMails,
  ) {}

  /** A draft keeps its Message-ID. */
  keepDraft(email: string, written: WrittenMail, threadId?: string): Draft {
    const { id } = this.file(email, written, ['DRAFT'], { threadId });
    const draft = this.mailboxes
      .of(email)
      .drafts()
      .find(({ message }) => message.id === id);
    if (draft === undefined) throw new Error('A draft was filed and is not there');
    return draft;
  }

  /** Puts another message in the place of a draft's, which is deleted; it stays in a thread of its own. */
  replaceDraft(
    email: string,
    { id, message }: Draft,
    written: WrittenMail,
    threadId?: string,
  ): StoredMessage {
    const mailbox = this.mailboxes.of(email);
    const isAlone = mailbox.thread(message.threadId).length === 1;
    const replaced = this.file(email, written, ['DRAFT'], {
      draftId: id,
      threadId,
      ...(isAlone && threadId === undefined && { fallback: message.threadId }),
    });
    mailbox.remove(message.id);
    return replaced;
  }

  /**
   * Sends a mail. Like Gmail it replaces the Message-ID by one of its own, takes the hidden recipients out of
   * every copy but the sender's, and shows the sender one copy of what they send to themselves.
   */
  send(email: string, written: WrittenMail, filing: SendFiling): StoredMessage {
    const toMyself = this.accountsOf(written).includes(email);
    const { messageId, ...mail } = written.mail;
    const labelIds = toMyself ? ['UNREAD', 'SENT', 'INBOX'] : ['SENT'];
    const sent = this.file(email, { ...written, mail }, labelIds, filing);
    this.sentMails.note(email, { ...written, at: this.clock.nowIso(), method: filing.method }, sent);
    const { bcc, ...shown } = mail;
    for (const recipient of this.accountsOf(written).filter((account) => account !== email)) {
      const copy = { ...written, mail: { ...shown, messageId: sent.messageId } };
      this.file(recipient, copy, ['INBOX', 'UNREAD']);
    }
    return sent;
  }

  /** Sends a draft, which is gone then: the sent mail has an id of its own, and stays in the draft's thread. */
  sendDraft(email: string, { message }: Draft, written: WrittenMail): StoredMessage {
    const sent = this.send(email, written, { method: 'drafts.send', fallback: message.threadId });
    this.mailboxes.of(email).remove(message.id);
    return sent;
  }

  private accountsOf({ recipients }: WrittenMail): string[] {
    return [...new Set(recipients.flatMap((address) => this.accounts.find(address)?.email ?? []))];
  }

  private file(
    email: string,
    written: WrittenMail,
    labelIds: string[],
    { threadId: named, fallback, draftId }: ThreadFiling & { draftId?: string } = {},
  ): StoredMessage {
    const mailbox = this.mailboxes.of(email);
    const { mail, references, ownHeaders, raw } = written;
    const threadId = threadOf(mailbox, written, named) ?? fallback ?? null;
    return mailbox.file(
      { ...mail, labelIds },
      {
        ...{ nowMs: this.clock.nowMs(), threadId, references, ownHeaders },
        ...(labelIds.includes('DRAFT') && { raw }),
        ...(draftId !== undefined && { draftId }),
      },
    );
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
