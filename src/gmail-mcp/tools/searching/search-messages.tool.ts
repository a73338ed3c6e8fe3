import pMap, { pMapSkip } from 'p-map';
import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { concurrentReads } from '../concurrent-reads.js';
import { defineTool } from '../define-tool.js';
import { messageSummary, readSummary } from '../message-summary.js';
import { namingArgument } from '../naming-argument.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';

export const searchMessages = defineTool({
  name: 'search_messages',
  title: 'Search messages',
  description:
    'Finds messages, newest first; read one with get_message. The query is that of the Gmail search box: words, ' +
    '"exact phrases", from:, to:, subject:, label:, in:inbox, in:sent, in:anywhere, is:unread, is:starred, ' +
    'has:attachment, filename:, newer_than:7d, older_than:1y, after: and before: (epoch seconds are exact, ' +
    'YYYY/MM/DD is midnight Pacific time), OR, - to exclude, parentheses. For more, pass nextPageToken as pageToken.',
  inputSchema: z.strictObject({
    query: z.string().max(2000).optional(),
    maxResults: z.int().min(1).max(50).default(10),
    pageToken: z.string().min(1).optional(),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    messages: z.array(messageSummary),
    nextPageToken: z.string().optional(),
    resultSizeEstimate: z.int().optional(),
  }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  handler: async ({ query, maxResults, pageToken }, { mailbox, signal }) => {
    const page = await mailbox.listMessages({ query, maxResults, pageToken }).catch((error: unknown) => {
      throw namingArgument(error, pageToken === undefined ? 'query' : 'pageToken');
    });
    const summaries = await pMap(
      page.messages,
      async ({ id }) => (await readSummary(id, mailbox)) ?? pMapSkip,
      {
        concurrency: concurrentReads,
        signal,
      },
    );
    return {
      notice: untrustedContentNotice,
      messages: summaries,
      nextPageToken: page.nextPageToken,
      resultSizeEstimate: page.resultSizeEstimate,
    };
  },
});
