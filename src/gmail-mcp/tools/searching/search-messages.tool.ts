import pMap from 'p-map';
import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { answerRoom, maxCharsOfList } from '../answer-budget.js';
import { filledPage } from '../answers/filled-page.js';
import { counted } from '../answers/counted-reads.js';
import { defineTool } from '../define-tool.js';
import { failedRead, failedText, SeveralReads } from '../failed-reads.js';
import { messageSummary, summaryOf, summarySelection, summaryText } from '../message-summary.js';
import { namingArgument } from '../naming-argument.js';
import { nextPosition, readPosition, restOf } from './page-position.js';
import { searchEnd } from './search-end.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';

export const searchMessages = defineTool({
  name: 'search_messages',
  toolset: 'core',
  title: 'Search messages',
  description:
    'Finds messages, newest first; read one with get_message. The query is that of the Gmail search box: words, ' +
    '"exact phrases", from:, to:, subject:, label:, in:inbox, in:sent, in:anywhere, is:unread, is:starred, ' +
    'has:attachment, filename:, newer_than:7d, older_than:1y, after: and before: (epoch seconds, or ' +
    'YYYY/MM/DD for midnight Pacific time), OR, - to exclude, parentheses. For more, pass nextPageToken as pageToken.',
  inputSchema: z.strictObject({
    query: z.string().max(2000).optional(),
    maxResults: z.int().min(1).max(50).default(10),
    maxChars: maxCharsOfList,
    pageToken: z.string().optional(),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    messages: z.array(messageSummary),
    failed: z.array(failedRead).optional(),
    nextPageToken: z.string().optional(),
    resultSizeEstimate: z.int().optional(),
  }),
  answer: {
    text: ({ messages, failed, ...page }, fence) => [
      ...messages.flatMap((each) => summaryText(each, fence)),
      ...failedText('message', failed, fence),
      fence.own(searchEnd(messages.length, 'messages', page)),
    ],
    lean: z.object({
      messages: z.array(z.object({ id: z.string() })),
      failed: z.array(failedRead).optional(),
      nextPageToken: z.string().optional(),
      resultSizeEstimate: z.int().optional(),
    }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  mailTexts: ({ messages }) => messages.map(({ threadId, snippet: text }) => ({ threadId, text })),
  handler: async ({ query, maxResults, maxChars, pageToken }, { mailbox, signal, progress }) => {
    const position = readPosition(pageToken);
    const asked = { query, maxResults, pageToken: position.pageToken };
    const page = await mailbox.listMessages(asked).catch((error: unknown) => {
      throw namingArgument(error, pageToken === undefined ? 'query' : 'pageToken');
    });
    const ids = restOf(
      page.messages.map(({ id }) => id),
      position,
    );
    const batch = mailbox.batch(ids, summarySelection);
    const reads = new SeveralReads();
    const read = counted(ids.length, { progress }, (id: string) =>
      reads.read(id, batch.read(id).then(summaryOf)),
    );
    const { items, done } = await filledPage(ids, answerRoom(maxChars), (some) =>
      pMap(some, read, { signal }),
    );
    return {
      notice: untrustedContentNotice,
      messages: items,
      failed: reads.failed(),
      nextPageToken: nextPosition(ids, done, position, page.nextPageToken),
      resultSizeEstimate: page.resultSizeEstimate,
    };
  },
});
