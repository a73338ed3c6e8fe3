import { type GmailLabel, labelAnswer } from '../client/answers.js';
import type { MailboxRequests } from '../client/mailbox-requests.js';
import { pathSegment } from '../client/path-segment.js';
import { methodScopes } from '../method-scopes.js';

/** How Gmail shows a label. https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.labels#Label */
export interface LabelFields {
  name?: string | undefined;
  labelListVisibility?: 'labelShow' | 'labelShowIfUnread' | 'labelHide' | undefined;
  messageListVisibility?: 'show' | 'hide' | undefined;
  color?: { textColor: string; backgroundColor: string } | undefined;
}

/** The labels of one mailbox that its owner made. Every method throws as those of `Mailbox` do. */
export class Labels {
  constructor(private readonly requests: MailboxRequests) {}

  /** @throws EvergrantError `CONFLICT` for a name that there is, also from an attempt before whose answer was lost */
  async create(fields: LabelFields & { name: string }): Promise<GmailLabel> {
    return this.requests.postIdempotent(labelAnswer, 'labels', fields, {
      name: 'labels.create',
      scopes: methodScopes.changeLabels,
    });
  }

  /** Changes what is named, and leaves the rest (`users.labels.patch`). */
  async update(labelId: string, fields: LabelFields): Promise<GmailLabel> {
    const path = `labels/${pathSegment(labelId, 'labelId')}`;
    return this.requests.change(
      labelAnswer,
      { verb: 'PATCH', path, body: fields },
      { name: 'labels.patch', scopes: methodScopes.changeLabels },
    );
  }

  /** Deletes a label at once and for good, and takes it from all messages, which stay (`users.labels.delete`). */
  async delete(labelId: string): Promise<void> {
    const path = `labels/${pathSegment(labelId, 'labelId')}`;
    await this.requests.perform(
      { verb: 'DELETE', path },
      { name: 'labels.delete', scopes: methodScopes.changeLabels },
    );
  }
}
