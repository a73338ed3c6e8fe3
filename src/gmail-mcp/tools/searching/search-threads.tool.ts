import pMap from 'p-map';
import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { answerRoom, maxCharsOfList } from '../answer-budget.js';
import { filledPage } from '../answers/filled-page.js';
import { counted } from '../answers/counted-reads.js';
import { defineTool } from '../define-tool.js';
import { failedRead, failedText, SeveralReads } from '../failed-reads.js';
import { summarySelection } from '../message-summary.js';
import { namingArgument } from '../naming-argument.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { matchedMessages } from './matched-messages.js';
import { nextPosition, readPosition, restOf } from './page-position.js';
import { searchEnd } from './search-end.js';
import { previewOf, threadPreview } from './thread-preview.js';
import { previewText } from './preview-text.js';

export const searchThreads = defineTool({
  name: 'search_threads',
  toolset: 'core',
  title: 'Search threads',
  description:
    'Finds conversations with a matching message, newest first; read one with get_thread. Query and pages are those ' +
    'of search_messages.',
  inputSchema: z.strictObject({
    query: z.string().max(1900).optional(),
    maxResults: z.int().min(1).max(25).default(8),
    maxChars: maxCharsOfList,
    pageToken: z.string().optional(),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    threads: z.array(threadPreview),
    failed: z.array(failedRead).optional(),
    matchesComplete: z.boolean().describe('If false, more messages matched than are told as matched'),
    nextPageToken: z.string().optional(),
    resultSizeEstimate: z.int().optional(),
  }),
  answer: {
    text: ({ threads, failed, matchesComplete, ...page }, fence) => [
      ...threads.flatMap((each) => previewText(each, fence)),
      ...failedText('thread', failed, fence),
      !matchesComplete && fence.own('more messages matched than are told as matched'),
      fence.own(searchEnd(threads.length, 'threads', page)),
    ],
    lean: z.object({
      threads: z.array(z.object({ threadId: z.string() })),
      failed: z.array(failedRead).optional(),
      matchesComplete: z.boolean(),
      nextPageToken: z.string().optional(),
      resultSizeEstimate: z.int().optional(),
    }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  mailTexts: ({ threads }) =>
    threads.flatMap(({ threadId, messages }) => messages.map(({ snippet: text }) => ({ threadId, text }))),
  handler: async ({ query, maxResults, maxChars, pageToken }, { mailbox, signal, progress }) => {
    const position = readPosition(pageToken);
    const asked = { query, maxResults, pageToken: position.pageToken };
    const page = await mailbox.listThreads(asked).catch((error: unknown) => {
      throw namingArgument(error, pageToken === undefined ? 'query' : 'pageToken');
    });
    const threadIds = restOf(
      page.threads.map(({ id }) => id),
      position,
    );
    const matched = await matchedMessages(mailbox, query, threadIds);
    const reads = new SeveralReads();
    const preview = async (id: string) => previewOf(await mailbox.getThread(id, summarySelection), matched);
    const read = counted(threadIds.length, { progress }, (id: string) => reads.read(id, preview(id)));
    const { items, done } = await filledPage(threadIds, answerRoom(maxChars), (some) =>
      pMap(some, read, { signal }),
    );
    return {
      notice: untrustedContentNotice,
      threads: items,
      failed: reads.failed(),
      matchesComplete: matched.complete,
      nextPageToken: nextPosition(threadIds, done, position, page.nextPageToken),
      resultSizeEstimate: page.resultSizeEstimate,
    };
  },
});
