import { z } from 'zod';
import { EvergrantError } from '../../errors/index.js';
import { type GmailMessage, type Mailbox, readHead } from '../../gmail/index.js';
import { shorten } from './shorten.js';

const maxHeaderChars = 300;
const summaryHeaders = ['From', 'To', 'Subject', 'Date'];

/** A message in a list. */
export const messageSummary = z.object({
  id: z.string(),
  threadId: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  subject: z.string().nullable(),
  date: z.string().nullable().describe('ISO 8601'),
  snippet: z.string(),
  labelIds: z.array(z.string()),
});

/** Which of a message is read for its summary. */
export const summarySelection = { format: 'metadata', metadataHeaders: summaryHeaders } as const;

function summaryOf(message: GmailMessage): z.input<typeof messageSummary> {
  const { id, threadId, from, to, subject, date, snippet, labelIds } = readHead(message);
  return {
    id,
    threadId,
    from: shorten(from, maxHeaderChars),
    to: shorten(to, maxHeaderChars),
    subject: shorten(subject, maxHeaderChars),
    date,
    snippet: shorten(snippet, maxHeaderChars),
    labelIds,
  };
}

/** The summary of one message; null for one that was deleted since it was listed. */
export async function readSummary(
  id: string,
  mailbox: Mailbox,
): Promise<z.input<typeof messageSummary> | null> {
  try {
    return summaryOf(await mailbox.getMessage(id, summarySelection));
  } catch (error) {
    if (error instanceof EvergrantError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
