import pMap, { pMapSkip } from 'p-map';
import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { gmailScopes, type Mailbox, readHead } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { shorten } from '../shorten.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';

/**
 * Gmail answers 429 to a mailbox with many requests at once, however small they are, and does not say how many
 * (https://developers.google.com/workspace/gmail/api/guides/handle-errors, "concurrent requests"): 60 are too many.
 */
const concurrentReads = 8;
const maxHeaderChars = 300;
const summaryHeaders = ['From', 'To', 'Subject', 'Date'];

const summary = z.object({
  id: z.string(),
  threadId: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  subject: z.string().nullable(),
  date: z.string().nullable().describe('ISO 8601'),
  snippet: z.string(),
  labelIds: z.array(z.string()),
});

export const searchMessages = defineTool({
  name: 'search_messages',
  title: 'Search messages',
  description:
    'Finds messages in the mailbox, newest first, and returns who wrote them, subject, date and a snippet. ' +
    'Use it before get_message, which reads one message in full by its id. The query is that of the Gmail ' +
    'search box: words, "exact phrases", from:, to:, cc:, subject:, label:, in:inbox, in:sent, in:anywhere, ' +
    'is:unread, is:starred, has:attachment, filename:, newer_than:7d, older_than:1y, after: and before: ' +
    '(epoch seconds are exact, YYYY/MM/DD means midnight Pacific time), rfc822msgid:, OR, - to exclude, ' +
    'parentheses. Without a query it lists the newest messages. For more, pass nextPageToken as pageToken ' +
    'with the same query; resultSizeEstimate is only an estimate. ' +
    untrustedContentNotice,
  inputSchema: z.strictObject({
    query: z.string().max(2000).optional().describe('A Gmail search, for example "from:ada is:unread"'),
    maxResults: z.int().min(1).max(50).default(10),
    pageToken: z.string().min(1).optional().describe('nextPageToken of the page before'),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    messages: z.array(summary),
    nextPageToken: z.string().optional(),
    resultSizeEstimate: z.int().optional(),
  }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  handler: async ({ query, maxResults, pageToken }, { mailbox, signal }) => {
    const page = await mailbox.listMessages({ query, maxResults, pageToken }).catch((error: unknown) => {
      throw namingArgument(error, pageToken === undefined ? 'query' : 'pageToken');
    });
    const summaries = await pMap(page.messages, async ({ id }) => summarize(id, mailbox), {
      concurrency: concurrentReads,
      signal,
    });
    return {
      notice: untrustedContentNotice,
      messages: summaries,
      nextPageToken: page.nextPageToken,
      resultSizeEstimate: page.resultSizeEstimate,
    };
  },
});

/** A message that was deleted since it was listed is left out. */
async function summarize(id: string, mailbox: Mailbox) {
  try {
    const selection = { format: 'metadata', metadataHeaders: summaryHeaders } as const;
    const message = readHead(await mailbox.getMessage(id, selection));
    return {
      ...message,
      from: shorten(message.from, maxHeaderChars),
      to: shorten(message.to, maxHeaderChars),
      subject: shorten(message.subject, maxHeaderChars),
    };
  } catch (error) {
    if (error instanceof EvergrantError && error.code === 'NOT_FOUND') return pMapSkip;
    throw error;
  }
}

/** Gmail's 400 does not say which of its parameters it dislikes; only these two reach it unchecked. */
function namingArgument(error: unknown, field: string): unknown {
  if (!(error instanceof EvergrantError) || error.code !== 'VALIDATION_FAILED') return error;
  const message = `Gmail did not accept the argument "${field}"`;
  return new EvergrantError('VALIDATION_FAILED', { field, message, cause: error });
}
