import { bodyPage, type GmailMessage, type ReadableMessage } from '../../../gmail/index.js';
import { shorten } from '../shorten.js';

const maxHeaderChars = 300;
const maxAttachments = 20;
/** However many addresses and files a message has, so much of its body is shown. */
const leastBodyChars = 500;

/** A message of a thread, as far as it fits on a page. */
export type ThreadMessage = ReturnType<typeof threadMessage>;

/**
 * As many messages as fit into about `maxChars`, in the given order, and at least one. A message that does not
 * fit is left to the next page whole; only one that is longer than a page is cut.
 */
export async function threadPage(
  messages: readonly GmailMessage[],
  maxChars: number,
  read: (message: GmailMessage) => Promise<ReadableMessage>,
): Promise<ThreadMessage[]> {
  const page: ThreadMessage[] = [];
  let charsLeft = maxChars;
  for (const message of messages) {
    const readable = await read(message);
    const whole = threadMessage(readable, Number.MAX_SAFE_INTEGER);
    const headChars = JSON.stringify({ ...whole, body: null }).length;
    const chars = headChars + whole.body.totalChars;
    if (page.length > 0 && chars > charsLeft) break;
    page.push(
      chars > charsLeft ? threadMessage(readable, Math.max(charsLeft - headChars, leastBodyChars)) : whole,
    );
    charsLeft -= chars;
  }
  return page;
}

function threadMessage(message: ReadableMessage, maxBodyChars: number) {
  const { id, from, to, cc, replyTo, date, warnings, notes, labelIds } = message;
  const { body, attachments, totalAttachments } = message;
  const { nextOffset, ...page } = bodyPage(body.text, maxBodyChars);
  return {
    id,
    from: shorten(from, maxHeaderChars),
    to: shorten(to, maxHeaderChars),
    cc: shorten(cc, maxHeaderChars),
    replyTo: shorten(replyTo, maxHeaderChars),
    date,
    warnings,
    labelIds,
    ...(notes.length > 0 ? { notes } : {}),
    body: { ...page, source: body.source, ...(nextOffset === null ? {} : { nextOffset }) },
    attachments: attachments.slice(0, maxAttachments).map(({ partId, filename, mimeType, sizeBytes }) => ({
      partId,
      filename: shorten(filename, maxHeaderChars) ?? '',
      mimeType,
      sizeBytes,
    })),
    totalAttachments,
  };
}
