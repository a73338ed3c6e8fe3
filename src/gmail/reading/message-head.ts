import { decodeHTML } from 'entities';
import type { GmailMessage, MessagePart } from '../client/answers.js';
import {
  firstHeaderOf,
  headerCount,
  headerOf,
  isListed,
  type PlacedPart,
  placedParts,
} from '../client/message-parts.js';
import { withoutFiller } from '../html/filler.js';
import { readableText } from '../text/readable-text.js';
import { addressText, shortHeaderText } from '../headers/header-text.js';
import { mailDate } from '../headers/mail-date.js';
import { attachedMail } from './message-part.js';
import { headWarnings } from './message-warnings.js';
import { partName } from './part-name.js';

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
  /** Where it stands in the message, always the same. */
  partId: string;
  /** Of a mail its subject; never empty. */
  filename: string;
  /** Who wrote it, when it is a mail. */
  from: string | null;
  mimeType: string;
  sizeBytes: number;
}

/** More than this no model reads, and no mail of a person's has. */
const mostAttachments = 200;
const maxMimeTypeChars = 200;

/** Reads a message in any format; in `metadata` it has its headers only, in `minimal` not even those. */
export function readHead(message: GmailMessage): MessageHead {
  const { id, threadId, labelIds, snippet, payload, internalDate } = message;
  const header = (name: string, read: (value: string) => string): string | null => {
    const value = headerOf(payload, name);
    return value === undefined ? null : read(value);
  };
  const single = (name: string, read: (value: string) => string): string | null => {
    const value = firstHeaderOf(payload, name);
    return value === undefined ? null : read(value);
  };
  const attachments = [...placedParts(payload)].filter(isListed);
  return {
    id,
    threadId,
    labelIds,
    from: single('from', addressText),
    to: header('to', addressText),
    cc: header('cc', addressText),
    bcc: header('bcc', addressText),
    replyTo: single('reply-to', addressText),
    listUnsubscribe: header('list-unsubscribe', shortHeaderText),
    subject: single('subject', shortHeaderText),
    date: isoOf(mailDate(firstHeaderOf(payload, 'date') ?? '')) ?? isoOf(Number(internalDate)),
    messageIdHeader: single('message-id', shortHeaderText),
    snippet: readableText(withoutFiller(decodeHTML(snippet))).trim(),
    warnings: [...repeatedHeaders(payload), ...headWarnings(message)],
    totalAttachments: attachments.length,
    attachments: attachments.slice(0, mostAttachments).map(summaryOf),
  };
}

function summaryOf(placed: PlacedPart): AttachmentSummary {
  const { id, part, kind } = placed;
  const mail = kind === 'mail' ? attachedMail(part) : null;
  const from = mail === null ? undefined : firstHeaderOf(mail, 'from');
  return {
    partId: id,
    filename: partName(placed),
    from: from === undefined ? null : addressText(from),
    mimeType: part.mimeType.slice(0, maxMimeTypeChars),
    sizeBytes: part.body.size,
  };
}

/** RFC 5322, section 3.6: programs disagree on which of several they show. */
function repeatedHeaders(payload: MessagePart | undefined): string[] {
  return ['From', 'Subject', 'Date', 'Reply-To'].flatMap((name) => {
    const count = headerCount(payload, name.toLowerCase());
    return count > 1
      ? [`The message has ${count} ${name} headers, where one is allowed; the first is shown`]
      : [];
  });
}

function isoOf(ms: number | null): string | null {
  const date = new Date(ms ?? NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
