import { EvergrantError } from '../../errors/index.js';
import type { GmailMessage, MessageReference } from '../client/answers.js';
import { Mailbox } from '../client/mailbox.js';
import type { MailboxRequests } from '../client/mailbox-requests.js';
import { headerOf } from '../client/message-parts.js';
import { identityHeader } from '../composing/compose-mail.js';

/** What a look for a message among the sent mail comes to. */
export type SentTrace =
  | { status: 'found'; message: MessageReference }
  /** Everything was looked into that was sent since, and it is not there. */
  | { status: 'absent' }
  /** More was sent since than is looked into. */
  | { status: 'unclear' };

const pageSize = 25;
/** Copies of one Message-ID, of which a draft may be the first. */
const mostCopies = 5;
const mostSearched = 100;
/** Between Gmail's clock and ours, and for a mail that was accepted before it is dated. */
const marginSeconds = 300;

/** Looks for messages of ours that may have been sent, even when the caller has hung up meanwhile. */
export class SentMail {
  private readonly mailbox: Mailbox;

  constructor(requests: MailboxRequests) {
    this.mailbox = new Mailbox(requests.withoutSignal());
  }

  /**
   * Gmail keeps some Message-IDs and replaces most by its own. So after a search for ours in the whole mailbox, whatever
   * is sent since then is asked for the header that it leaves alone. What a person has put into the trash since was sent
   * all the same.
   * @param sinceSeconds it was not sent longer ago
   * @throws EvergrantError where the mailbox could not be looked into
   */
  async find(messageId: string, sinceSeconds: number): Promise<SentTrace> {
    const byMessageId = await this.search(messageId);
    if (byMessageId !== null) return { status: 'found', message: byMessageId };
    const oldestMs = Date.now() - (sinceSeconds + marginSeconds) * 1_000;
    let searched = 0;
    let pageToken: string | undefined;
    do {
      const page = await this.mailbox.listMessages({
        ...{ labelIds: ['SENT'], includeSpamTrash: true },
        ...{ maxResults: pageSize, pageToken },
      });
      for (const { id } of page.messages) {
        const message = await this.headers(id);
        if (headerOf(message.payload, identityHeader.toLowerCase()) === messageId)
          return { status: 'found', message };
        if (dateOf(message) < oldestMs) return { status: 'absent' };
        searched += 1;
      }
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined && searched < mostSearched);
    return { status: pageToken === undefined ? 'absent' : 'unclear' };
  }

  /** Null as well under the metadata scope, which may list but not search. A draft of this id was not sent. */
  private async search(messageId: string): Promise<MessageReference | null> {
    const query = `in:anywhere rfc822msgid:${messageId.replaceAll(/[<>]/g, '')}`;
    try {
      const { messages } = await this.mailbox.listMessages({ query, maxResults: mostCopies });
      for (const { id } of messages) {
        const message = await this.mailbox.getMessage(id, { format: 'minimal' });
        if (!message.labelIds.includes('DRAFT')) return message;
      }
      return null;
    } catch (failure) {
      if (failure instanceof EvergrantError && mayNotSearch(failure)) return null;
      throw failure;
    }
  }

  private headers(id: string): Promise<GmailMessage> {
    return this.mailbox.getMessage(id, { format: 'metadata', metadataHeaders: [identityHeader] });
  }
}

function mayNotSearch({ code, reason }: EvergrantError): boolean {
  return reason === 'forbidden' || code === 'INSUFFICIENT_SCOPE';
}

/** One without a date may be of now. */
function dateOf({ internalDate }: GmailMessage): number {
  return internalDate === undefined ? Infinity : Number(internalDate);
}
