import { z } from 'zod';
import { type GmailMessage, readHead } from '../../gmail/index.js';
import { type Fence, field, type Line } from './answers/fence.js';
import { messageLine } from './reading/message-text.js';
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

export function summaryOf(message: GmailMessage): z.input<typeof messageSummary> {
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

/** A message in a list, as text. */
export function summaryText(summary: z.output<typeof messageSummary>, fence: Fence): Line[] {
  const { from, to, subject, snippet } = summary;
  return [
    fence.own(messageLine(summary)),
    field('From', from),
    field('To', to),
    field('Subject', subject),
    field('Snippet', snippet),
  ];
}
