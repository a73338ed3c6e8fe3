import { type Fence, field, type Line } from '../answers/fence.js';
import { toldTime } from '../answers/told-time.js';

interface Attachment {
  partId: string;
  filename: string;
  mimeType: string;
  sizeBytes: number;
  from?: string | null;
}

/** A message as tools tell it; what is absent they leave out. */
interface ToldMessage {
  id: string;
  threadId?: string | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
  cc?: string | null | undefined;
  replyTo?: string | null | undefined;
  listUnsubscribe?: string | null | undefined;
  subject?: string | null | undefined;
  date?: string | null | undefined;
  labelIds?: readonly string[] | undefined;
  warnings?: readonly string[] | undefined;
  notes?: readonly string[] | undefined;
  attachments?: readonly Attachment[] | undefined;
  totalAttachments?: number | undefined;
  body?: { text: string; totalChars: number; nextOffset?: number | undefined } | undefined;
}

/** A message as text: what we know of it, its head, a blank line, its body, and how to read on where that is cut. */
export function messageText(message: ToldMessage, fence: Fence): Line[] {
  return [fence.own(messageLine(message)), ...headLines(message, fence), ...bodyLines(message.body, fence)];
}

/** What Gmail says of a message, on one line. */
export function messageLine({
  id,
  threadId,
  date,
  labelIds = [],
}: Pick<ToldMessage, 'id' | 'threadId' | 'date' | 'labelIds'>): string {
  const inThread = threadId === id ? ' (the same thread)' : ` in thread ${threadId ?? ''}`;
  return [`message ${id}${threadId === undefined ? '' : inThread}`, ...toldTime(date), ...labelIds].join(
    ', ',
  );
}

function headLines(
  { warnings = [], notes = [], attachments = [], ...message }: ToldMessage,
  fence: Fence,
): Line[] {
  const unlisted = (message.totalAttachments ?? 0) - attachments.length;
  return [
    // What they are about was written by those that they warn of.
    warnings.length > 0 && fence.own(`${warnings.length} warnings of the sender:`),
    ...warnings.map((each) => field('Warning', each)),
    field('From', message.from),
    field('To', message.to),
    field('Cc', message.cc),
    field('Reply-To', message.replyTo),
    field('List-Unsubscribe', message.listUnsubscribe),
    field('Subject', message.subject),
    ...notes.map((each) => field('Note', each)),
    ...attachments.map(attachmentLine),
    unlisted > 0 && fence.own(`${unlisted} more attachments are not listed here`),
  ];
}

function bodyLines(body: ToldMessage['body'], fence: Fence): Line[] {
  if (body === undefined) return [];
  const { text, nextOffset, totalChars } = body;
  return [
    ...(text === '' ? [fence.own('no text')] : ['', text]),
    nextOffset !== undefined &&
      fence.own(`cut: read this message on with offset ${nextOffset} of ${totalChars}`),
  ];
}

function attachmentLine({ partId, filename, mimeType, sizeBytes, from }: Attachment): Line {
  const author = from ? [`from ${from}`] : [];
  return field(`Attachment ${partId}`, [filename, ...author, mimeType, `${sizeBytes} bytes`].join(', '));
}
