import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import type { AccessTokenSource } from '../access-token-source.js';
import {
  attachmentAnswer,
  checked,
  type GmailLabel,
  type GmailMessage,
  type GmailProfile,
  type GmailThread,
  labelListAnswer,
  messageAnswer,
  type MessageList,
  messageListAnswer,
  type MessageReference,
  messageReferenceAnswer,
  profileAnswer,
  threadAnswer,
} from './answers.js';
import { GmailHttp } from './gmail-http.js';
import { textParts } from './message-parts.js';

/** How much of a message is asked for. https://developers.google.com/workspace/gmail/api/reference/rest/v1/Format */
type MessageFormat = 'minimal' | 'metadata' | 'full';

interface MessageListQuery {
  /** Gmail's search syntax; not available under the metadata scope. */
  query?: string;
  /** 1 to 500; Gmail's default is 100. */
  maxResults?: number;
  pageToken?: string;
  labelIds?: readonly string[];
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
}

/**
 * The Gmail API, as far as it is used. Every method throws an `EvergrantError` of the fixed contract, passes the
 * caller's abort on as such, and never reports a need to sign in again: only the OAuth layer may say that.
 */
@Injectable()
export class GmailClient {
  constructor(private readonly http: GmailHttp) {}

  /** Ids of the messages that match, newest first (`users.messages.list`). */
  async listMessages(
    source: AccessTokenSource,
    { query, maxResults, pageToken, labelIds = [] }: MessageListQuery = {},
    signal?: AbortSignal,
  ): Promise<MessageList> {
    const parameters = new URLSearchParams();
    for (const labelId of labelIds) parameters.append('labelIds', labelId);
    if (query !== undefined) parameters.set('q', query);
    if (maxResults !== undefined) parameters.set('maxResults', String(maxResults));
    if (pageToken !== undefined) parameters.set('pageToken', pageToken);
    return checked(
      messageListAnswer,
      await this.http.get(source, `messages?${parameters.toString()}`, signal),
    );
  }

  /** One message (`users.messages.get`); a `full` one always has the data of its text parts. */
  async getMessage(
    source: AccessTokenSource,
    messageId: string,
    selection: MessageSelection,
    signal?: AbortSignal,
  ): Promise<GmailMessage> {
    const path = `messages/${pathSegment(messageId, 'messageId')}?${selectionQuery(selection)}`;
    const message = checked(messageAnswer, await this.http.get(source, path, signal));
    await this.completeText(source, message, signal);
    return message;
  }

  /**
   * A thread with all of its messages (`users.threads.get`, which has no pages). Large text parts come without
   * their data: see {@link completeText}.
   */
  async getThread(
    source: AccessTokenSource,
    threadId: string,
    selection: MessageSelection,
    signal?: AbortSignal,
  ): Promise<GmailThread> {
    const path = `threads/${pathSegment(threadId, 'threadId')}?${selectionQuery(selection)}`;
    return checked(threadAnswer, await this.http.get(source, path, signal));
  }

  /** Fetches the data of large text parts, which Gmail leaves out of a `full` answer as if they were attachments. */
  async completeText(source: AccessTokenSource, message: GmailMessage, signal?: AbortSignal): Promise<void> {
    for (const { body } of textParts(message.payload)) {
      if (body.data !== undefined || body.attachmentId === undefined) continue;
      body.data = (await this.getAttachment(source, message.id, body.attachmentId, signal)).toString(
        'base64url',
      );
    }
  }

  /** The bytes of one part (`users.messages.attachments.get`). Attachment ids do not outlive the read they came with. */
  async getAttachment(
    source: AccessTokenSource,
    messageId: string,
    attachmentId: string,
    signal?: AbortSignal,
  ): Promise<Buffer> {
    const message = pathSegment(messageId, 'messageId');
    const path = `messages/${message}/attachments/${pathSegment(attachmentId, 'attachmentId')}`;
    const { data } = checked(attachmentAnswer, await this.http.get(source, path, signal));
    return Buffer.from(data, 'base64url');
  }

  /** All labels of the mailbox, Gmail's own included (`users.labels.list`, which has no pages). */
  async listLabels(source: AccessTokenSource, signal?: AbortSignal): Promise<GmailLabel[]> {
    return checked(labelListAnswer, await this.http.get(source, 'labels', signal)).labels;
  }

  /** Adds labels to a message and takes others away (`users.messages.modify`); the same twice is the same once. */
  async modifyMessage(
    source: AccessTokenSource,
    messageId: string,
    changes: LabelChanges,
    signal?: AbortSignal,
  ): Promise<MessageReference> {
    const path = `messages/${pathSegment(messageId, 'messageId')}/modify`;
    return checked(messageReferenceAnswer, await this.http.postIdempotent(source, path, changes, signal));
  }

  /** The mailbox's address and counts (`users.getProfile`). */
  async getProfile(source: AccessTokenSource, signal?: AbortSignal): Promise<GmailProfile> {
    return checked(profileAnswer, await this.http.get(source, 'profile', signal));
  }
}

function selectionQuery({ format, metadataHeaders = [] }: MessageSelection): string {
  const parameters = new URLSearchParams({ format });
  for (const name of metadataHeaders) parameters.append('metadataHeaders', name);
  return parameters.toString();
}

/** Ids are base64url; anything else could lead the path elsewhere. */
function pathSegment(id: string, field: string): string {
  if (!/^[\w-]+$/.test(id))
    throw new EvergrantError('VALIDATION_FAILED', { field, message: `${field} is not a Gmail id` });
  return id;
}
