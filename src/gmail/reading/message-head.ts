import { decodeHTML } from 'entities';
import type { GmailMessage } from '../client/answers.js';
import { headerOf, isAttachment, partsOf } from '../client/message-parts.js';
import { withoutFiller } from '../html/filler.js';
import { addressText, headerText } from './header-text.js';

/** What a person reads of a message beside its body. Headers that it does not have are null. */
export interface MessageHead {
  id: string;
  threadId: string;
  labelIds: string[];
  from: string | null;
  to: string | null;
  cc: string | null;
  bcc: string | null;
  replyTo: string | null;
  /** RFC 2369. */
  listUnsubscribe: string | null;
  subject: string | null;
  /** ISO 8601: when it was written, or when Gmail received it if it does not say. */
  date: string | null;
  /** The `Message-ID` header, with its angle brackets. */
  messageIdHeader: string | null;
  /** Gmail's preview as text; Gmail sends it with HTML entities. */
  snippet: string;
  attachments: AttachmentSummary[];
}

interface AttachmentSummary {
  /** For `getAttachment`, and not for long; null when Gmail gives none for the part. */
  attachmentId: string | null;
  filename: string;
  mimeType: string;
  sizeBytes: number;
}

/** Reads a message in any format; in `metadata` it has its headers only, in `minimal` not even those. */
export function readHead(message: GmailMessage): MessageHead {
  const { id, threadId, labelIds, snippet, payload, internalDate } = message;
  const header = (name: string, read: (value: string) => string): string | null => {
    const value = headerOf(payload, name);
    return value === undefined ? null : read(value);
  };
  return {
    id,
    threadId,
    labelIds,
    from: header('from', addressText),
    to: header('to', addressText),
    cc: header('cc', addressText),
    bcc: header('bcc', addressText),
    replyTo: header('reply-to', addressText),
    listUnsubscribe: header('list-unsubscribe', headerText),
    subject: header('subject', headerText),
    date: isoDate(headerOf(payload, 'date')) ?? isoDate(Number(internalDate)),
    messageIdHeader: header('message-id', headerText),
    snippet: withoutFiller(decodeHTML(snippet)).trim(),
    attachments: [...partsOf(payload)].filter(isAttachment).map((part) => ({
      attachmentId: part.body.attachmentId ?? null,
      filename: headerText(part.filename),
      mimeType: part.mimeType,
      sizeBytes: part.body.size,
    })),
  };
}

function isoDate(date: string | number | undefined): string | null {
  const parsed = new Date(date ?? NaN);
  return Number.isNaN(parsed.getTime()) ? null : parsed.toISOString();
}
