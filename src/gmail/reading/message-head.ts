import { decodeHTML } from 'entities';
import type { GmailMessage } from '../client/answers.js';
import { headerOf, isAttachment, partsOf } from '../client/message-parts.js';
import { withoutFiller } from '../html/filler.js';
import { readableText } from '../text/readable-text.js';
import { addressText, headerText } from './header-text.js';
import { headWarnings } from './message-warnings.js';

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
  /** The first of them; see {@link totalAttachments}. */
  attachments: AttachmentSummary[];
  totalAttachments: number;
  /** What to look at twice before believing who wrote it; see {@link headWarnings}. */
  warnings: string[];
}

interface AttachmentSummary {
  /** For `getAttachment`, and not for long; null when Gmail gives none for the part. */
  attachmentId: string | null;
  filename: string;
  mimeType: string;
  sizeBytes: number;
}

/** More than this no model reads, and no mail of a person's has. */
const mostAttachments = 200;
/** A name, a subject and the like, before it is decoded. */
const maxTextChars = 5_000;
const maxMimeTypeChars = 200;
const maxDateChars = 100;

/** Reads a message in any format; in `metadata` it has its headers only, in `minimal` not even those. */
export function readHead(message: GmailMessage): MessageHead {
  const { id, threadId, labelIds, snippet, payload, internalDate } = message;
  const header = (name: string, read: (value: string) => string): string | null => {
    const value = headerOf(payload, name);
    return value === undefined ? null : read(value);
  };
  const attachments = [...partsOf(payload)].filter(isAttachment);
  return {
    id,
    threadId,
    labelIds,
    from: header('from', addressText),
    to: header('to', addressText),
    cc: header('cc', addressText),
    bcc: header('bcc', addressText),
    replyTo: header('reply-to', addressText),
    listUnsubscribe: header('list-unsubscribe', shortText),
    subject: header('subject', shortText),
    date: isoDate(headerOf(payload, 'date')) ?? isoDate(Number(internalDate)),
    messageIdHeader: header('message-id', shortText),
    snippet: readableText(withoutFiller(decodeHTML(snippet))).trim(),
    warnings: headWarnings(message),
    totalAttachments: attachments.length,
    attachments: attachments.slice(0, mostAttachments).map((part) => ({
      attachmentId: part.body.attachmentId ?? null,
      filename: shortText(part.filename),
      mimeType: part.mimeType.slice(0, maxMimeTypeChars),
      sizeBytes: part.body.size,
    })),
  };
}

function shortText(value: string): string {
  return value.length <= maxTextChars ? headerText(value) : `${headerText(value.slice(0, maxTextChars))}…`;
}

function isoDate(date: string | number | undefined): string | null {
  const parsed = new Date(typeof date === 'string' ? date.slice(0, maxDateChars) : (date ?? NaN));
  return Number.isNaN(parsed.getTime()) ? null : parsed.toISOString();
}
