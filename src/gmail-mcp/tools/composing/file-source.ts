import { EvergrantError } from '../../../errors/index.js';
import {
  attachedFile,
  type AttachedFile,
  attachedMails,
  type GmailMessage,
  type Mailbox,
} from '../../../gmail/index.js';
import type { InstanceUploads } from '../../uploads/instance-uploads.js';
import type { AttachmentReference } from './attachment-reference.js';

/** Where a file comes from, as seen from the conversation that the mail belongs to. */
export type FileOrigin = 'conversation' | 'other_mail' | 'upload';

/** A file that was found, and not fetched yet. */
export interface FoundFile {
  filename: string;
  mimeType: string;
  sizeBytes: number;
  origin: FileOrigin;
  contentId: string | undefined;
  fetch: () => Promise<Buffer>;
}

/** Finds files by what refers to them; each message is read once. */
export class FileSource {
  private readonly messages = new Map<string, Promise<GmailMessage>>();

  constructor(
    private readonly mailbox: Mailbox,
    private readonly uploads: InstanceUploads,
    private readonly about: { conversation: string | undefined; read: GmailMessage | undefined },
  ) {
    if (about.read !== undefined) this.messages.set(about.read.id, Promise.resolve(about.read));
  }

  /** @throws EvergrantError `NOT_FOUND` or `VALIDATION_FAILED` for a file that there is not */
  async find(reference: AttachmentReference): Promise<FoundFile> {
    const { contentId } = reference;
    if ('uploadId' in reference) {
      const { filename, mimeType, sizeBytes } = await this.uploads.describe(reference.uploadId);
      const fetch = (): Promise<Buffer> => this.uploads.read(reference.uploadId);
      return { filename, mimeType, sizeBytes, origin: 'upload', contentId, fetch };
    }
    const message = await this.message(reference.messageId);
    const file = attachedFile(message, reference.partId);
    const { filename, mimeType, sizeBytes } = file;
    const origin = message.threadId === this.about.conversation ? 'conversation' : 'other_mail';
    const fetch = (): Promise<Buffer> => contentOf(file, message, reference.partId, this.mailbox);
    return { filename, mimeType, sizeBytes, origin, contentId, fetch };
  }

  private message(id: string): Promise<GmailMessage> {
    const message =
      this.messages.get(id) ?? this.mailbox.getMessage(id, { format: 'full', largeText: false });
    this.messages.set(id, message);
    return message;
  }
}

async function contentOf(
  { attachmentId, data, mimeType }: AttachedFile,
  message: GmailMessage,
  partId: string,
  mailbox: Mailbox,
): Promise<Buffer> {
  if (attachmentId !== undefined) return mailbox.getAttachment(message.id, attachmentId);
  if (data !== undefined) return Buffer.from(data, 'base64url');
  // Gmail may have taken an attached mail apart: only the whole message still has it in one piece.
  const mail = mimeType.startsWith('message/')
    ? (await attachedMails(await mailbox.getRawMessage(message.id)))[
        mailPartIds(message.payload).indexOf(partId)
      ]
    : undefined;
  if (mail !== undefined) return mail;
  throw new EvergrantError('VALIDATION_FAILED', {
    field: 'attachments',
    message: `Gmail hands out no file for the part "${partId}"`,
  });
}

function mailPartIds(payload: GmailMessage['payload']): string[] {
  if (payload === undefined) return [];
  if (payload.mimeType.toLowerCase() === 'message/rfc822') return [payload.partId ?? ''];
  return payload.parts.flatMap((part) => mailPartIds(part));
}
