import { EvergrantError } from '../../errors/index.js';
import type { ComposedMail } from '../composing/compose-mail.js';
import { recipientCount } from '../composing/recipient-count.js';
import {
  draftAnswer,
  type GmailDraft,
  type MessageReference,
  messageReferenceAnswer,
} from '../client/answers.js';
import type { MailboxRequests } from '../client/mailbox-requests.js';
import { OutcomeUnknown } from '../client/outcome-unknown.js';
import { methodScopes } from '../method-scopes.js';
import { draftBody, messageBody } from './message-resource.js';
import type { SentMail, SentTrace } from './sent-mail.js';

/**
 * Writes mail from one mailbox. Nothing here is done twice: when Gmail's answer is lost, the sent mail is looked
 * into, and what cannot be found out is reported as unknown (`UNKNOWN_ERROR`, reason `outcomeUnknown`), never as a
 * failure.
 */
export class Outbox {
  constructor(
    private readonly requests: MailboxRequests,
    private readonly sentMail: SentMail,
  ) {}

  /** Puts the mail among the drafts and sends nothing (`users.drafts.create`). */
  async createDraft(mail: ComposedMail): Promise<GmailDraft> {
    try {
      return await this.requests.postOnce(draftAnswer, 'drafts', draftBody(mail), {
        name: 'drafts.create',
        scopes: methodScopes.createDraft,
      });
    } catch (failure) {
      if (!(failure instanceof OutcomeUnknown)) throw failure;
      throw outcomeUnknown(
        "It is unknown whether the draft was created: Gmail's answer was lost. Look among the drafts before " +
          'creating it again',
        failure,
      );
    }
  }

  /** Sends the mail (`users.messages.send`). @throws also what refuses the permit for its recipients */
  async sendMessage(mail: Pick<ComposedMail, 'mime' | 'messageId' | 'threadId'>): Promise<MessageReference> {
    try {
      return await this.requests.sendMail(messageReferenceAnswer, 'messages/send', messageBody(mail), {
        method: { name: 'messages.send', scopes: methodScopes.sendMessage },
        recipients: await recipientCount(mail.mime),
      });
    } catch (failure) {
      if (!(failure instanceof OutcomeUnknown)) throw failure;
      return this.sentAfterAll(mail, failure);
    }
  }

  /**
   * Sends a draft as it is (`users.drafts.send`), which takes it from among the drafts.
   * @param messageId by which it is found among the sent mail; null for a draft that has none
   * @throws as {@link sendMessage} does
   */
  async sendDraft(draftId: string, messageId: string | null, recipients: number): Promise<MessageReference> {
    try {
      return await this.requests.sendMail(
        messageReferenceAnswer,
        'drafts/send',
        { id: draftId },
        { method: { name: 'drafts.send', scopes: methodScopes.sendDraft }, recipients },
      );
    } catch (failure) {
      if (!(failure instanceof OutcomeUnknown)) throw failure;
      return this.sentAfterAll({ messageId }, failure);
    }
  }

  private async sentAfterAll(
    { messageId }: { messageId: string | null },
    failure: OutcomeUnknown,
  ): Promise<MessageReference> {
    let sent: SentTrace | null;
    try {
      sent = messageId === null ? null : await this.sentMail.find(messageId, 0);
    } catch {
      throw outcomeUnknown(
        "It is unknown whether the message was sent: Gmail's answer was lost, and the sent mail could not be " +
          'looked into from here. Do not send it again before the user has looked there',
        failure,
      );
    }
    if (sent?.status === 'found') return sent.message;
    throw outcomeUnknown(
      "It is unknown whether the message was sent: Gmail's answer was lost, and the message was not among the " +
        'sent mail right afterwards. Look there once more (a search for in:sent) before sending it again',
      failure,
    );
  }
}

function outcomeUnknown(message: string, cause: unknown): EvergrantError {
  return new EvergrantError('UNKNOWN_ERROR', { reason: 'outcomeUnknown', message, cause });
}
