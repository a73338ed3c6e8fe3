import { EvergrantError } from '../../errors/index.js';
import type { Lane } from '../../resilience/index.js';
import { Unreadable, type UnreadableReason } from '../archives/unreadable.js';
import type { GmailMessage } from '../client/answers.js';
import type { Mailbox } from '../client/mailbox.js';
import { fileForm } from '../formats/file-form.js';
import type { MessageLink } from '../links/message-link.js';
import type { MessageReader } from '../reading/message-reader.js';
import { type AttachedFile, attachedFile, textFileAsMessage } from './attached-file.js';
import type { DocumentReader } from './document-reader.js';
import type { FileMetrics } from './file-metrics.js';

/** A longer text is a file to keep, not one to read. */
const longestTextBytes = 256_000;
/** As long as what Gmail sends and takes. https://support.google.com/mail/answer/6584 */
const longestDocumentBytes = 25 * 1024 * 1024;

interface FileText {
  text: string;
  /** Those of a text, which stand in it as in a message; documents show theirs as they are. */
  links: readonly MessageLink[];
}

/** The text of an attached file, or why there is none. */
export type FileReading = FileText | { unreadable: UnreadableReason };

/** For whom files are read. */
interface Turn {
  lane: Lane;
  signal: AbortSignal | undefined;
}

/** Reads the files of one mailbox, for as long as one call lasts. */
export class FileTexts {
  constructor(
    private readonly mailbox: Mailbox,
    private readonly messages: MessageReader,
    private readonly documents: DocumentReader,
    private readonly metrics: FileMetrics,
    private readonly turn: Turn,
  ) {}

  /**
   * The text of a part that is a file: of a text by its charset, of a calendar as an invitation says it, of a document
   * by its pages, sheets or slides. Nothing is fetched of one that is too long, or of a kind that is not read.
   * @throws EvergrantError `VALIDATION_FAILED` when the message has no such part; as the mailbox does; the signal's
   *   reason when the caller aborts
   */
  async read(message: GmailMessage, partId: string): Promise<FileReading> {
    const reading = await this.readOrReason(message, partId);
    this.metrics.ended('unreadable' in reading ? reading.unreadable : 'read');
    return reading;
  }

  private async readOrReason(message: GmailMessage, partId: string): Promise<FileReading> {
    const file = attachedFile(message, partId);
    try {
      if (file.claims === 'text') return await this.claimedText(message, partId, file);
      if (file.claims === 'other') return { unreadable: 'unsupported' };
      refuseLongerThan(longestDocumentBytes, file.sizeBytes);
      const { lane, signal } = this.turn;
      // A turn is for what is in memory: one that waits for Gmail's quota would keep it from other mailboxes.
      if (file.attachmentId !== undefined) await this.mailbox.awaitDownload();
      const read = (): Promise<FileText> => this.claimedDocument(message, partId, file);
      return await this.documents.inTurn(lane, read, signal);
    } catch (failure) {
      if (failure instanceof Unreadable) return { unreadable: failure.reason };
      throw failure;
    }
  }

  private async claimedText(message: GmailMessage, partId: string, file: AttachedFile): Promise<FileText> {
    refuseLongerThan(longestTextBytes, file.sizeBytes);
    const bytes = await this.bytesOf(message.id, file, longestTextBytes);
    const form = fileForm(bytes);
    if (form === 'text' || form === 'unsupported') return this.asText(message, partId, bytes);
    return this.documentText(bytes);
  }

  /** Programs save tables and pages of the web under the names of documents. */
  private async claimedDocument(
    message: GmailMessage,
    partId: string,
    file: AttachedFile,
  ): Promise<FileText> {
    const bytes = await this.bytesOf(message.id, file, longestDocumentBytes);
    if (fileForm(bytes) !== 'text') return this.documentText(bytes);
    refuseLongerThan(longestTextBytes, bytes.length);
    return this.asText(message, partId, bytes);
  }

  private async documentText(bytes: Buffer): Promise<FileText> {
    return { text: await this.documents.read(movable(bytes), this.turn.signal), links: [] };
  }

  private async asText(message: GmailMessage, partId: string, bytes: Buffer): Promise<FileText> {
    const { body } = await this.messages.read(textFileAsMessage(message, partId, bytes));
    return { text: body.text, links: body.links };
  }

  private async bytesOf(
    messageId: string,
    { attachmentId, data = '' }: AttachedFile,
    mostBytes: number,
  ): Promise<Buffer> {
    if (attachmentId === undefined) return Buffer.from(data, 'base64url');
    let chunks: Buffer[] = [];
    const collect = async (bytes: AsyncIterable<Buffer>): Promise<void> => {
      chunks = [];
      for await (const chunk of bytes) chunks.push(chunk);
    };
    try {
      await this.mailbox.downloadAttachment(messageId, attachmentId, collect, mostBytes);
    } catch (failure) {
      // Gmail has told less than there is.
      if (failure instanceof EvergrantError && failure.reason === 'answerTooLarge')
        throw new Unreadable('too_large', { cause: failure });
      throw failure;
    }
    return Buffer.concat(chunks);
  }
}

function refuseLongerThan(mostBytes: number, bytes: number): void {
  if (bytes > mostBytes) throw new Unreadable('too_large');
}

/** Small buffers share their memory, which must not move with one of them. */
function movable(bytes: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
