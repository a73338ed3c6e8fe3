import { createHash } from 'node:crypto';
import type { MailInput } from './mail.js';
import { Labels } from './labels.js';
import { mailSchema } from './mail.js';
import { MailboxSettings } from './mailbox-settings.js';
import type { Header, StoredMessage } from './stored-message.js';

/** A change, in the terms of users.history.list. */
export interface HistoryRecord {
  id: string;
  kind: 'messagesAdded' | 'messagesDeleted' | 'labelsAdded' | 'labelsRemoved';
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
  /** The draft whose message it is; one of its own when absent. */
  draftId?: string;
  /** The bytes of a mail that a program wrote. */
  raw?: Buffer;
}

export interface Draft {
  id: string;
  message: StoredMessage;
}

/** The mail of one account. Ids follow from address and order, so that a restart gives the same ones. */
export class Mailbox {
  readonly email: string;
  readonly labels: Labels;
  readonly settings: MailboxSettings;
  private readonly stored: StoredMessage[] = [];
  /** By the draft's own id, which stays, the id of its message, which does not. */
  private readonly draftMessages = new Map<string, string>();
  /** Oldest first. */
  readonly history: HistoryRecord[] = [];
  /** Told of each change, after it. */
  onChange: (change: HistoryRecord) => void = () => undefined;
  private changes = firstHistoryId;
  private filed = 0;

  constructor(email: string, userLabels: Readonly<Record<string, string>> = {}) {
    this.email = email;
    this.labels = new Labels(userLabels);
    this.settings = new MailboxSettings(email);
  }

  /** Puts a mail into the mailbox, in the thread of the mail that it answers. `nowMs` stands in for its date. */
  deliver(input: MailInput, nowMs: number): StoredMessage {
    return this.file(input, { nowMs });
  }

  file(input: MailInput, filing: Filing): StoredMessage {
    const { nowMs, threadId, references, draftId } = filing;
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
      ...asWritten(filing),
      mail: { ...mail, to: mail.to ?? this.email },
    };
    this.stored.push(message);
    if (mail.labelIds.includes('DRAFT')) this.draftMessages.set(draftId ?? draftIdOf(id), id);
    this.record({ id: message.historyId, kind: 'messagesAdded', message });
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
        this.record({
          id: relabelled.historyId,
          kind,
          message: relabelled,
          labelIds: changed[kind],
        });
    return relabelled;
  }

  /** Deletes a message for good, and the draft that it is the message of; undefined when there is none. */
  remove(id: string): StoredMessage | undefined {
    const index = this.stored.findIndex((message) => message.id === id);
    const [message] = index < 0 ? [] : this.stored.splice(index, 1);
    if (message === undefined) return undefined;
    for (const [draftId, messageId] of this.draftMessages)
      if (messageId === id) this.draftMessages.delete(draftId);
    const removed = { ...message, historyId: this.nextHistoryId() };
    this.record({ id: removed.historyId, kind: 'messagesDeleted', message: removed });
    return removed;
  }

  /** Newest first. */
  drafts(): Draft[] {
    const ids = new Map([...this.draftMessages].map(([id, messageId]) => [messageId, id]));
    return this.messages().flatMap((message) => {
      const id = ids.get(message.id);
      return id === undefined ? [] : [{ id, message }];
    });
  }

  draft(id: string): Draft | undefined {
    const message = this.find(this.draftMessages.get(id) ?? '');
    return message === undefined ? undefined : { id, message };
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

  private record(change: HistoryRecord): void {
    this.history.push(change);
    this.onChange(change);
  }

  private nextId(): string {
    this.filed += 1;
    return createHash('sha256').update(`${this.email} ${this.filed}`).digest('hex').slice(0, 16);
  }

  private nextHistoryId(): string {
    this.changes += 1;
    return this.historyId;
  }
}

function draftIdOf(messageId: string): string {
  return `r${BigInt(`0x${messageId}`).toString()}`;
}

/** What only a mail has that a program wrote. */
function asWritten({ ownHeaders, raw }: Filing): Pick<StoredMessage, 'ownHeaders' | 'raw'> {
  return { ...(ownHeaders !== undefined && { ownHeaders }), ...(raw !== undefined && { raw }) };
}
