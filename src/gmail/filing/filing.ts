import { type MessageReference, messageReferenceAnswer, threadReferenceAnswer } from '../client/answers.js';
import { pathSegment } from '../client/path-segment.js';
import type { MailboxRequests } from '../client/mailbox-requests.js';
import { methodScopes } from '../method-scopes.js';
import type { GmailMethod } from '../quota/unit-costs.js';

/** So many messages are changed or deleted by one request. */
export const mostMessagesAtOnce = 1_000;

interface LabelChanges {
  addLabelIds: readonly string[];
  removeLabelIds: readonly string[];
}

/**
 * Where the messages of one mailbox are, and whether they are there: all of it is the same however often it is done.
 * https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages
 * Every method throws as those of `Mailbox` do.
 */
export class Filing {
  constructor(private readonly requests: MailboxRequests) {}

  /** Labels of all messages that a thread has now (`users.threads.modify`). */
  async modifyThread(threadId: string, changes: LabelChanges): Promise<{ id: string }> {
    const path = `threads/${pathSegment(threadId, 'threadId')}/modify`;
    return this.requests.postIdempotent(threadReferenceAnswer, path, changes, {
      name: 'threads.modify',
      scopes: methodScopes.modifyMessage,
    });
  }

  /**
   * Labels of up to {@link mostMessagesAtOnce} messages (`users.messages.batchModify`). Gmail does not say which of them
   * there are.
   */
  async modifyMessages(ids: readonly string[], changes: LabelChanges): Promise<void> {
    await this.requests.perform(
      { verb: 'POST', path: 'messages/batchModify', body: { ids, ...changes } },
      { name: 'messages.batchModify', scopes: methodScopes.modifyMessage },
    );
  }

  /** Into the trash, from where Gmail deletes it after 30 days (`users.messages.trash`, `users.threads.trash`). */
  async trashMessage(messageId: string): Promise<MessageReference> {
    return this.moveMessage(messageId, 'trash', 'messages.trash');
  }

  async untrashMessage(messageId: string): Promise<MessageReference> {
    return this.moveMessage(messageId, 'untrash', 'messages.untrash');
  }

  async trashThread(threadId: string): Promise<{ id: string }> {
    return this.moveThread(threadId, 'trash', 'threads.trash');
  }

  async untrashThread(threadId: string): Promise<{ id: string }> {
    return this.moveThread(threadId, 'untrash', 'threads.untrash');
  }

  /** At once and for good, not into the trash (`users.messages.delete`). */
  async deleteMessage(messageId: string): Promise<void> {
    await this.requests.perform(
      { verb: 'DELETE', path: `messages/${pathSegment(messageId, 'messageId')}` },
      { name: 'messages.delete', scopes: methodScopes.deleteMessage },
    );
  }

  /** The same with up to {@link mostMessagesAtOnce} (`users.messages.batchDelete`), whether there are such or not. */
  async deleteMessages(ids: readonly string[]): Promise<void> {
    await this.requests.perform(
      { verb: 'POST', path: 'messages/batchDelete', body: { ids } },
      { name: 'messages.batchDelete', scopes: methodScopes.deleteMessage },
    );
  }

  private async moveMessage(messageId: string, where: string, name: GmailMethod): Promise<MessageReference> {
    const path = `messages/${pathSegment(messageId, 'messageId')}/${where}`;
    return this.requests.postIdempotent(messageReferenceAnswer, path, undefined, {
      name,
      scopes: methodScopes.modifyMessage,
    });
  }

  private async moveThread(threadId: string, where: string, name: GmailMethod): Promise<{ id: string }> {
    const path = `threads/${pathSegment(threadId, 'threadId')}/${where}`;
    return this.requests.postIdempotent(threadReferenceAnswer, path, undefined, {
      name,
      scopes: methodScopes.modifyMessage,
    });
  }
}
