import type { SandboxClock } from '../state/sandbox-clock.js';
import { demoMail, welcomeMail } from './fixtures/index.js';
import type { MailInput } from './mail.js';
import { type HistoryRecord, Mailbox } from './mailbox.js';
import type { StoredMessage } from './stored-message.js';

export const demoAccount = 'demo@sandbox.test';

/** A mailbox for every account, filled on first use. Delivered mail lives as long as the process. */
export class Mailboxes {
  private readonly mailboxes = new Map<string, Mailbox>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly onChange: (email: string, change: HistoryRecord) => void = () => undefined,
  ) {}

  of(email: string): Mailbox {
    const existing = this.mailboxes.get(email);
    if (existing !== undefined) return existing;
    const mailbox = new Mailbox(email, { Label_1: 'Travel plans' });
    const nowMs = this.clock.nowMs();
    for (const mail of email === demoAccount ? demoMail(nowMs) : welcomeMail(nowMs)) {
      mailbox.deliver(mail, nowMs);
    }
    mailbox.onChange = (change) => this.onChange(email, change);
    this.mailboxes.set(email, mailbox);
    return mailbox;
  }

  deliver(email: string, mail: MailInput): StoredMessage {
    return this.of(email).deliver(mail, this.clock.nowMs());
  }
}
