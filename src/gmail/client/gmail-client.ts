import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { EvergrantError } from '../../errors/index.js';
import type { AccessTokenSource } from '../access-token-source.js';
import {
  attachmentAnswer,
  type GmailMessage,
  type GmailProfile,
  messageAnswer,
  type MessageList,
  messageListAnswer,
  profileAnswer,
} from './answers.js';
import { gmailError } from './gmail-fault.js';
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
    { format, metadataHeaders = [] }: MessageSelection,
    signal?: AbortSignal,
  ): Promise<GmailMessage> {
    const parameters = new URLSearchParams({ format });
    for (const name of metadataHeaders) parameters.append('metadataHeaders', name);
    const path = `messages/${pathSegment(messageId, 'messageId')}?${parameters.toString()}`;
    const message = checked(messageAnswer, await this.http.get(source, path, signal));
    await this.completeText(source, message, signal);
    return message;
  }

  /** Gmail leaves the data of large text parts out of a `full` answer, as if they were attachments. */
  private async completeText(
    source: AccessTokenSource,
    message: GmailMessage,
    signal?: AbortSignal,
  ): Promise<void> {
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

  /** The mailbox's address and counts (`users.getProfile`). */
  async getProfile(source: AccessTokenSource, signal?: AbortSignal): Promise<GmailProfile> {
    return checked(profileAnswer, await this.http.get(source, 'profile', signal));
  }
}

function checked<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw gmailError('malformed', { cause: parsed.error });
  return parsed.data;
}

/** Ids are base64url; anything else could lead the path elsewhere. */
function pathSegment(id: string, field: string): string {
  if (!/^[\w-]+$/.test(id))
    throw new EvergrantError('VALIDATION_FAILED', { field, message: `${field} is not a Gmail id` });
  return id;
}
