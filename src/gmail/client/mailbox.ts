import {
  attachmentAnswer,
  type GmailLabel,
  type GmailMessage,
  type GmailProfile,
  type GmailThread,
  historyAnswer,
  labelListAnswer,
  type MailboxHistory,
  messageAnswer,
  type MessageList,
  messageListAnswer,
  type MessageReference,
  messageReferenceAnswer,
  profileAnswer,
  rawMessageAnswer,
  type SendAs,
  sendAsListAnswer,
  threadAnswer,
  type ThreadList,
  threadListAnswer,
} from './answers.js';
import { attachmentBytes } from './attachment-data.js';
import { methodScopes } from '../method-scopes.js';
import { cheaperThreads } from '../batches/thread-reads.js';
import type { ApiMethod, MailboxRequests } from './mailbox-requests.js';
import { noThreads, type ThreadsOfMailbox } from '../batches/known-threads.js';
import { MessageBatch } from '../batches/message-batch.js';
import { readParts } from './message-parts.js';
import { pathSegment } from './path-segment.js';

/** A search for what is among spam or trash, and not one that excludes it. */
const spamOrTrash = /(?<=^|[\s{]|(?<!-)\()(in|label):"?(spam|trash|bin|anywhere)\b/i;
/** More than a mail that Gmail takes can hold. */
const longestAttachmentBytes = 40 * 1024 * 1024;

const attachmentMethod: ApiMethod = { name: 'messages.attachments.get', scopes: methodScopes.attachment };

/** How much of a message is asked for. https://developers.google.com/workspace/gmail/api/reference/rest/v1/Format */
type MessageFormat = 'minimal' | 'metadata' | 'full';

interface ListQuery {
  /** Gmail's search syntax; not available under the metadata scope. */
  query?: string | undefined;
  /** 1 to 500; Gmail's default is 100. */
  maxResults?: number;
  pageToken?: string | undefined;
  labelIds?: readonly string[];
  /** Asked for as well where the query names spam or trash. */
  includeSpamTrash?: boolean;
}

interface LabelChanges {
  /** At most 100, as of the other. A label must not be in both. */
  addLabelIds: readonly string[];
  removeLabelIds: readonly string[];
}

interface MessageSelection {
  format: MessageFormat;
  /** Which headers `metadata` brings; all of them when not given. */
  metadataHeaders?: readonly string[];
  /** False: the data of large text parts of a `full` one is not fetched. */
  largeText?: boolean;
}

/**
 * One mailbox, as far as the Gmail API is used, for as long as one call lasts. Every method throws an
 * `EvergrantError` of the fixed contract, passes the caller's abort on as such, and never reports a need to sign
 * in again: only the OAuth layer may say that.
 */
export class Mailbox {
  constructor(
    private readonly requests: MailboxRequests,
    private readonly threads: ThreadsOfMailbox = noThreads,
  ) {}

  /**
   * Ids of the messages that match, newest first (`users.messages.list`). By the letter of Gmail's reference none of
   * spam and trash is among them unless that is asked for in a parameter, so one stands beside a query that names them.
   */
  async listMessages(query: ListQuery = {}): Promise<MessageList> {
    const list = await this.requests.get(messageListAnswer, `messages?${listQuery(query)}`, {
      name: 'messages.list',
      scopes: listScopes(query),
    });
    this.threads.note(list.messages);
    return list;
  }

  /** Ids of the threads with a message that matches, newest first (`users.threads.list`). */
  async listThreads(query: ListQuery = {}): Promise<ThreadList> {
    return this.requests.get(threadListAnswer, `threads?${listQuery(query)}`, {
      name: 'threads.list',
      scopes: listScopes(query),
    });
  }

  /**
   * What changed after the mailbox was at this history id, oldest first (`users.history.list`).
   * @throws EvergrantError `NOT_FOUND` when Gmail no longer knows so old an id, often after a week
   */
  async listHistory(startHistoryId: string, maxResults: number): Promise<MailboxHistory> {
    const parameters = new URLSearchParams({ startHistoryId, maxResults: String(maxResults) });
    const changes = await this.requests.get(historyAnswer, `history?${parameters.toString()}`, {
      name: 'history.list',
      scopes: methodScopes.history,
    });
    for (const { messagesAdded } of changes.history)
      this.threads.note(messagesAdded.map(({ message }) => message));
    return changes;
  }

  /** One message (`users.messages.get`); a `full` one has the data of all its text parts. */
  async getMessage(messageId: string, selection: MessageSelection): Promise<GmailMessage> {
    const path = `messages/${pathSegment(messageId, 'messageId')}?${selectionQuery(selection)}`;
    const message = await this.requests.get(messageAnswer, path, {
      name: 'messages.get',
      scopes: readingScopes(selection),
    });
    this.threads.note([message]);
    if (selection.largeText !== false) await this.completeText(message);
    return message;
  }

  /**
   * A thread with all of its messages (`users.threads.get`, which has no pages). Large text parts come without
   * their data: see {@link completeText}.
   */
  async getThread(threadId: string, selection: MessageSelection): Promise<GmailThread> {
    const path = `threads/${pathSegment(threadId, 'threadId')}?${selectionQuery(selection)}`;
    const thread = await this.requests.get(threadAnswer, path, {
      name: 'threads.get',
      scopes: readingScopes(selection),
    });
    this.threads.note(thread.messages);
    return thread;
  }

  /**
   * Messages that are read together, each as {@link getMessage} does: where it costs less, those of a thread come by one
   * `users.threads.get`, as far as their threads are known from lists that were read before.
   */
  batch(messageIds: readonly string[], selection: MessageSelection): MessageBatch<GmailMessage> {
    const wanted = messageIds.map((id) => ({ id, threadId: this.threads.of(id) }));
    const whole = cheaperThreads(wanted, this.requests.unitCosts);
    const threadOf = new Map(wanted.map(({ id, threadId }) => [id, threadId]));
    const source = {
      message: (id: string) => this.getMessage(id, selection),
      thread: (id: string) => this.getThread(id, selection),
      complete: (message: GmailMessage) => this.completeText(message),
    };
    return new MessageBatch(source, (id) => {
      const threadId = threadOf.get(id);
      return threadId !== undefined && whole.has(threadId) ? threadId : undefined;
    });
  }

  /** Fetches the data of large text parts, which Gmail leaves out of a `full` answer as if they were attachments. */
  async completeText(message: GmailMessage): Promise<void> {
    for (const { body } of readParts(message.payload)) {
      if (body.data !== undefined || body.attachmentId === undefined) continue;
      body.data = await this.attachmentData(message.id, body.attachmentId);
    }
  }

  /** The bytes of one part (`users.messages.attachments.get`). Attachment ids do not outlive the read they came with. */
  async getAttachment(messageId: string, attachmentId: string): Promise<Buffer> {
    return Buffer.from(await this.attachmentData(messageId, attachmentId), 'base64url');
  }

  /** Waits for the quota of the next {@link downloadAttachment}: before what is taken for it, such as memory. */
  async awaitDownload(): Promise<void> {
    await this.requests.prepay(attachmentMethod);
  }

  /**
   * The bytes of one part as they come, without ever holding all of them; `consume` throws nothing once it has passed
   * bytes on. They end with an error where the answer is not whole, or longer than `maxBytes`, by default 40 MiB.
   */
  async downloadAttachment(
    messageId: string,
    attachmentId: string,
    consume: (bytes: AsyncIterable<Buffer>) => Promise<void>,
    maxBytes = longestAttachmentBytes,
  ): Promise<void> {
    await this.requests.download(attachmentPath(messageId, attachmentId), attachmentMethod, (chunks) =>
      consume(attachmentBytes(chunks, maxBytes)),
    );
  }

  /** All labels of the mailbox, Gmail's own included (`users.labels.list`, which has no pages). */
  async listLabels(): Promise<GmailLabel[]> {
    return (
      await this.requests.get(labelListAnswer, 'labels', { name: 'labels.list', scopes: methodScopes.labels })
    ).labels;
  }

  /** Adds labels to a message and takes others away (`users.messages.modify`); the same twice is the same once. */
  async modifyMessage(messageId: string, changes: LabelChanges): Promise<MessageReference> {
    const path = `messages/${pathSegment(messageId, 'messageId')}/modify`;
    return this.requests.postIdempotent(messageReferenceAnswer, path, changes, {
      name: 'messages.modify',
      scopes: methodScopes.modifyMessage,
    });
  }

  /** The addresses that the account may send as, its own first (`users.settings.sendAs.list`, which has no pages). */
  async listSendAs(): Promise<SendAs[]> {
    return (
      await this.requests.get(sendAsListAnswer, 'settings/sendAs', {
        name: 'settings.sendAs.list',
        scopes: methodScopes.sendAs,
      })
    ).sendAs;
  }

  /** A whole message as it came (RFC 5322), for what Gmail gives no other way: mails that are attached to it. */
  async getRawMessage(messageId: string): Promise<Buffer> {
    const path = `messages/${pathSegment(messageId, 'messageId')}?format=raw`;
    const { raw } = await this.requests.get(rawMessageAnswer, path, {
      name: 'messages.get',
      scopes: methodScopes.readText,
    });
    return Buffer.from(raw, 'base64url');
  }

  /** The mailbox's address and counts (`users.getProfile`). */
  async getProfile(): Promise<GmailProfile> {
    return this.requests.get(profileAnswer, 'profile', { name: 'getProfile', scopes: methodScopes.profile });
  }

  private async attachmentData(messageId: string, attachmentId: string): Promise<string> {
    const path = attachmentPath(messageId, attachmentId);
    return (await this.requests.get(attachmentAnswer, path, attachmentMethod)).data;
  }
}

function listQuery(list: ListQuery): string {
  const { query, maxResults, pageToken, labelIds = [], includeSpamTrash = false } = list;
  const parameters = new URLSearchParams();
  for (const labelId of labelIds) parameters.append('labelIds', labelId);
  if (query !== undefined) parameters.set('q', query);
  const namesHidden = query !== undefined && spamOrTrash.test(query);
  if (includeSpamTrash || namesHidden) parameters.set('includeSpamTrash', 'true');
  if (maxResults !== undefined) parameters.set('maxResults', String(maxResults));
  if (pageToken !== undefined) parameters.set('pageToken', pageToken);
  return parameters.toString();
}

function listScopes({ query }: ListQuery): readonly string[] {
  return query === undefined ? methodScopes.listMessages : methodScopes.searchMessages;
}

function selectionQuery({ format, metadataHeaders = [] }: MessageSelection): string {
  const parameters = new URLSearchParams({ format });
  for (const name of metadataHeaders) parameters.append('metadataHeaders', name);
  return parameters.toString();
}

function readingScopes({ format }: MessageSelection): readonly string[] {
  return format === 'full' ? methodScopes.readText : methodScopes.readHeaders;
}

function attachmentPath(messageId: string, attachmentId: string): string {
  const message = pathSegment(messageId, 'messageId');
  return `messages/${message}/attachments/${pathSegment(attachmentId, 'attachmentId')}`;
}
