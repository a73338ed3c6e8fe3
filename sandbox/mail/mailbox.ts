import { createHash } from 'node:crypto';
import type { MailInput } from './mail.js';
import { mailSchema } from './mail.js';
import type { Header, StoredMessage } from './stored-message.js';

const systemLabels = [
  ...['INBOX', 'UNREAD', 'SENT', 'DRAFT', 'STARRED', 'IMPORTANT', 'SPAM', 'TRASH', 'CHAT'],
  ...['PERSONAL', 'SOCIAL', 'PROMOTIONS', 'UPDATES', 'FORUMS'].map((category) => `CATEGORY_${category}`),
];

export interface Label {
  id: string;
  name: string;
  type: 'system' | 'user';
}

/** A change, in the terms of users.history.list. */
export interface HistoryRecord {
  id: string;
  kind: 'messagesAdded' | 'labelsAdded' | 'labelsRemoved';
  message: Pick<StoredMessage, 'id' | 'threadId' | 'labelIds'>;
  /** Of the labels that were added or removed. */
  labelIds?: readonly string[];
}

/** What happened before is not known any more. */
export const firstHistoryId = 1000;

/** What is known of a mail beside its content. */
interface Filing {
  /** Stands in for its date. */
  nowMs: number;
  /** The thread it belongs to, null for one of its own; that of the mail it answers when absent. */
  threadId?: string | null;
  /** All Message-IDs before it; those of the mail it answers when absent. */
  references?: readonly string[];
  ownHeaders?: readonly Header[];
}

/** The mail of one account. Ids follow from address and order, so that a restart gives the same ones. */
export class Mailbox {
  readonly email: string;
  readonly labels: readonly Label[];
  private readonly stored: StoredMessage[] = [];
  /** Oldest first. */
  readonly history: HistoryRecord[] = [];
  private changes = firstHistoryId;

  constructor(email: string, userLabels: Readonly<Record<string, string>> = {}) {
    this.email = email;
    this.labels = [
      ...systemLabels.map((id) => ({ id, name: id, type: 'system' as const })),
      ...Object.entries(userLabels).map(([id, name]) => ({ id, name, type: 'user' as const })),
    ];
  }

  /** Puts a mail into the mailbox, in the thread of the mail that it answers. `nowMs` stands in for its date. */
  deliver(input: MailInput, nowMs: number): StoredMessage {
    return this.file(input, { nowMs });
  }

  file(input: MailInput, { nowMs, threadId, references, ownHeaders }: Filing): StoredMessage {
    const mail = mailSchema.parse(input);
    const id = this.nextId();
    const parent = this.stored.find(({ messageId }) => messageId === mail.inReplyTo);
    const message: StoredMessage = {
      id,
      threadId: (threadId === undefined ? parent?.threadId : threadId) ?? id,
      labelIds: mail.labelIds,
      historyId: this.nextHistoryId(),
      internalDateMs: mail.date === undefined ? nowMs : Date.parse(mail.date),
      messageId: mail.messageId ?? `<${id}@mail.sandbox.test>`,
      references: references ?? (parent === undefined ? [] : [...parent.references, parent.messageId]),
      ...(ownHeaders !== undefined && { ownHeaders }),
      mail: { ...mail, to: mail.to ?? this.email },
    };
    this.stored.push(message);
    this.history.push({ id: message.historyId, kind: 'messagesAdded', message });
    return message;
  }

  /** Adds labels to a message and takes others away; undefined when there is no such message. */
  relabel(id: string, added: readonly string[], removed: readonly string[]): StoredMessage | undefined {
    const index = this.stored.findIndex((message) => message.id === id);
    const message = this.stored[index];
    if (message === undefined) return undefined;
    const labelIds = [...new Set([...message.labelIds, ...added])].filter(
      (label) => !removed.includes(label),
    );
    const relabelled = { ...message, labelIds, historyId: this.nextHistoryId() };
    this.stored[index] = relabelled;
    const changed = {
      labelsAdded: labelIds.filter((label) => !message.labelIds.includes(label)),
      labelsRemoved: message.labelIds.filter((label) => !labelIds.includes(label)),
    };
    for (const kind of ['labelsAdded', 'labelsRemoved'] as const)
      if (changed[kind].length > 0)
        this.history.push({
          id: relabelled.historyId,
          kind,
          message: relabelled,
          labelIds: changed[kind],
        });
    return relabelled;
  }

  /** Newest first. */
  messages(): StoredMessage[] {
    return this.stored.toReversed().toSorted((one, other) => other.internalDateMs - one.internalDateMs);
  }

  find(id: string): StoredMessage | undefined {
    return this.stored.find((message) => message.id === id);
  }

  /** The messages of a thread, oldest first. */
  thread(threadId: string): StoredMessage[] {
    return this.messages()
      .filter((message) => message.threadId === threadId)
      .reverse();
  }

  get historyId(): string {
    return String(this.changes);
  }

  private nextId(): string {
    return createHash('sha256')
      .update(`${this.email} ${this.stored.length + 1}`)
      .digest('hex')
      .slice(0, 16);
  }

  private nextHistoryId(): string {
    this.changes += 1;
    return this.historyId;
  }
}
