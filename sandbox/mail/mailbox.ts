import { createHash } from 'node:crypto';
import type { MailInput } from './mail.js';
import { mailSchema } from './mail.js';
import type { StoredMessage } from './stored-message.js';

const systemLabels = ['INBOX', 'UNREAD', 'SENT', 'DRAFT', 'STARRED', 'IMPORTANT', 'SPAM', 'TRASH'];

export interface Label {
  id: string;
  name: string;
  type: 'system' | 'user';
}

/** The mail of one account. Ids follow from address and order, so that a restart gives the same ones. */
export class Mailbox {
  readonly email: string;
  readonly labels: readonly Label[];
  readonly #messages: StoredMessage[] = [];

  constructor(email: string, userLabels: Readonly<Record<string, string>> = {}) {
    this.email = email;
    this.labels = [
      ...systemLabels.map((id) => ({ id, name: id, type: 'system' as const })),
      ...Object.entries(userLabels).map(([id, name]) => ({ id, name, type: 'user' as const })),
    ];
  }

  /** Puts a mail into the mailbox, in the thread of the mail that it answers. `nowMs` stands in for its date. */
  deliver(input: MailInput, nowMs: number): StoredMessage {
    const mail = mailSchema.parse(input);
    const sequence = this.#messages.length + 1;
    const id = createHash('sha256').update(`${this.email} ${sequence}`).digest('hex').slice(0, 16);
    const parent = this.#messages.find(({ messageId }) => messageId === mail.inReplyTo);
    const message: StoredMessage = {
      id,
      threadId: parent?.threadId ?? id,
      labelIds: mail.labelIds,
      historyId: String(1000 + sequence),
      internalDateMs: mail.date === undefined ? nowMs : Date.parse(mail.date),
      messageId: mail.messageId ?? `<${id}@mail.sandbox.test>`,
      references: parent === undefined ? [] : [...parent.references, parent.messageId],
      mail: { ...mail, to: mail.to ?? this.email },
    };
    this.#messages.push(message);
    return message;
  }

  /** Newest first. */
  messages(): StoredMessage[] {
    return this.#messages.toSorted((one, other) => other.internalDateMs - one.internalDateMs);
  }

  find(id: string): StoredMessage | undefined {
    return this.#messages.find((message) => message.id === id);
  }

  /** The messages of a thread, oldest first. */
  thread(threadId: string): StoredMessage[] {
    return this.messages()
      .filter((message) => message.threadId === threadId)
      .reverse();
  }

  get historyId(): string {
    return this.#messages.at(-1)?.historyId ?? '1000';
  }
}
