import { z } from 'zod';
import { readHead } from '../../../gmail/index.js';
import type { ToolContext } from '../define-tool.js';
import { type Fence, field, type Line } from '../answers/fence.js';
import { shorten } from '../shorten.js';

const maxHeaderChars = 300;

/** A draft in a list. */
export const draftSummary = z.object({
  draftId: z.string(),
  messageId: z.string(),
  threadId: z.string(),
  to: z.string().nullable(),
  subject: z.string().nullable(),
  date: z.string().nullable(),
  snippet: z.string(),
});

type ReadDraft = Awaited<ReturnType<ToolContext['drafts']['get']>>;

export function draftSummaryOf({ id, message }: ReadDraft): z.input<typeof draftSummary> {
  const { id: messageId, threadId, to, subject, date, snippet } = readHead(message);
  return {
    ...{ draftId: id, messageId, threadId, date },
    to: shorten(to, maxHeaderChars),
    subject: shorten(subject, maxHeaderChars),
    snippet: shorten(snippet, maxHeaderChars),
  };
}

export function draftLines(draft: z.output<typeof draftSummary>, fence: Fence): Line[] {
  const { draftId, messageId, threadId, to, subject, snippet } = draft;
  return [
    fence.own(`draft ${draftId}: message ${messageId} in thread ${threadId}`),
    field('To', to),
    field('Subject', subject),
    field('Snippet', snippet),
  ];
}
