import { createHash } from 'node:crypto';
import { EvergrantError } from '../../../errors/index.js';
import {
  encodedBytes,
  type GmailMessage,
  largestMailBytes,
  type MailFile,
  mailTooLarge,
} from '../../../gmail/index.js';
import type { ToolContext } from '../define-tool.js';
import type { AttachmentReference } from './attachment-reference.js';
import { type FileOrigin, FileSource, type FoundFile } from './file-source.js';

/** A file that goes along, and where it is from. */
export interface OutgoingFile extends MailFile {
  origin: FileOrigin;
}

/** Which files go along, and with what. */
interface Attached {
  references: readonly AttachmentReference[];
  /** The thread that the mail belongs to, if any. */
  conversation: string | undefined;
  /** A message in format `full` that some of them are parts of. */
  read?: GmailMessage;
}

/**
 * Does some work with the files that go along with a mail, which are counted as long as they are in memory. Nothing is
 * fetched of what is too much together.
 * @throws EvergrantError `VALIDATION_FAILED` or `NOT_FOUND` naming the reference at fault, `PAYLOAD_TOO_LARGE`; what
 *   `MailBytes` throws; what the work throws
 */
export async function withFiles<Result>(
  { references, conversation, read }: Attached,
  context: ToolContext,
  work: (files: readonly OutgoingFile[]) => Promise<Result>,
): Promise<Result> {
  if (references.length === 0) return work([]);
  const source = new FileSource(context.mailbox, context.uploads, { conversation, read });
  const found: FoundFile[] = [];
  for (const [index, reference] of references.entries()) {
    found.push(
      await source.find(reference).catch((error: unknown) => {
        throw atReference(error, index);
      }),
    );
  }
  const bytes = encodedBytes(found.map(({ sizeBytes }) => sizeBytes));
  if (bytes > largestMailBytes) throw mailTooLarge('attachments');
  return context.mailBytes.within(context.instance.tenantId, bytes, async () =>
    work(await fetchAll(found, context)),
  );
}

/**
 * Where the files of a mail come from, as the gate asks for it. A mail that is attached may be read with other line ends:
 * what is not known by its bytes is from where all others are, or counts as given by the caller.
 */
export function fileOrigins(files: readonly OutgoingFile[]): (sha256: string) => FileOrigin {
  const known = new Map(
    files.map(({ content, origin }) => [createHash('sha256').update(content).digest('hex'), origin]),
  );
  const all = new Set(files.map(({ origin }) => origin));
  const [only = 'upload'] = all;
  return (sha256) => known.get(sha256) ?? (all.size === 1 ? only : 'upload');
}

function atReference(error: unknown, index: number): unknown {
  if (!(error instanceof EvergrantError)) return error;
  const { code, message } = error;
  if (code !== 'VALIDATION_FAILED' && code !== 'NOT_FOUND') return error;
  return new EvergrantError(code, { field: `attachments.${index}`, message, cause: error });
}

/** One after the other: each is in memory twice while it comes. */
async function fetchAll(found: readonly FoundFile[], { progress }: ToolContext): Promise<OutgoingFile[]> {
  const files: OutgoingFile[] = [];
  for (const { filename, mimeType, origin, contentId, fetch } of found) {
    files.push({ filename, mimeType, content: await fetch(), origin, contentId });
    progress(files.length, found.length + 1);
  }
  return files;
}
