import {
  type DraftList,
  draftListAnswer,
  draftSizeAnswer,
  draftAnswer,
  type GmailDraft,
  rawDraftAnswer,
  type ReadDraft,
  readDraftAnswer,
} from '../client/answers.js';
import type { MailboxRequests } from '../client/mailbox-requests.js';
import { pathSegment } from '../client/path-segment.js';
import type { ComposedMail } from '../composing/compose-mail.js';
import { methodScopes } from '../method-scopes.js';
import { draftBody } from './message-resource.js';

/** A draft as it will leave. */
export interface RawDraft {
  draftId: string;
  /** Another one after each change of the draft. */
  messageId: string;
  threadId: string;
  mime: Buffer;
}

/**
 * The drafts of one mailbox. https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts
 * Every method throws as those of `Mailbox` do, `NOT_FOUND` for a draft that is not there any more.
 */
export class Drafts {
  constructor(private readonly requests: MailboxRequests) {}

  /** Ids of drafts, newest first (`users.drafts.list`); `query` is that of the search box. */
  async list({
    query,
    maxResults,
    pageToken,
  }: {
    query?: string | undefined;
    maxResults: number;
    pageToken?: string | undefined;
  }): Promise<DraftList> {
    const parameters = new URLSearchParams({ maxResults: String(maxResults) });
    if (query !== undefined) parameters.set('q', query);
    if (pageToken !== undefined) parameters.set('pageToken', pageToken);
    return this.requests.get(draftListAnswer, `drafts?${parameters.toString()}`, {
      name: 'drafts.list',
      scopes: methodScopes.readDrafts,
    });
  }

  /** A draft with its message (`users.drafts.get`); large text parts of a `full` one come without their data. */
  async get(draftId: string, format: 'metadata' | 'full'): Promise<ReadDraft> {
    return this.requests.get(readDraftAnswer, `${draftPath(draftId)}?format=${format}`, readMethod);
  }

  /** About how many bytes {@link raw} will have; null where Gmail does not say. */
  async sizeBytes(draftId: string): Promise<number | null> {
    const path = `${draftPath(draftId)}?format=minimal`;
    const { message } = await this.requests.get(draftSizeAnswer, path, readMethod);
    return message.sizeEstimate ?? null;
  }

  /** The mail that a draft is, byte for byte. */
  async raw(draftId: string): Promise<RawDraft> {
    const { id, message } = await this.requests.get(
      rawDraftAnswer,
      `${draftPath(draftId)}?format=raw`,
      readMethod,
    );
    return {
      draftId: id,
      messageId: message.id,
      threadId: message.threadId,
      mime: Buffer.from(message.raw, 'base64url'),
    };
  }

  /** Puts another mail in a draft's place (`users.drafts.update`); the same twice is the same once. */
  async replace(draftId: string, mail: Pick<ComposedMail, 'mime' | 'threadId'>): Promise<GmailDraft> {
    const write = {
      verb: 'PUT',
      path: draftPath(draftId),
      body: draftBody(mail),
    } as const;
    return this.requests.change(draftAnswer, write, {
      name: 'drafts.update',
      scopes: methodScopes.changeDraft,
    });
  }

  /** Deletes a draft at once and for good, not into the trash (`users.drafts.delete`). */
  async delete(draftId: string): Promise<void> {
    await this.requests.perform(
      { verb: 'DELETE', path: draftPath(draftId) },
      { name: 'drafts.delete', scopes: methodScopes.changeDraft },
    );
  }
}

const readMethod = { name: 'drafts.get', scopes: methodScopes.readDrafts } as const;

function draftPath(draftId: string): string {
  return `drafts/${pathSegment(draftId, 'draftId')}`;
}
