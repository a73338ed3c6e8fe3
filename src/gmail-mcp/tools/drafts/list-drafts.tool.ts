import pMap from 'p-map';
import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { answerRoom, maxCharsOfList } from '../answer-budget.js';
import { counted } from '../answers/counted-reads.js';
import { filledPage } from '../answers/filled-page.js';
import { defineTool } from '../define-tool.js';
import { failedRead, failedText, SeveralReads } from '../failed-reads.js';
import { namingArgument } from '../naming-argument.js';
import { nextPosition, readPosition, restOf } from '../searching/page-position.js';
import { searchEnd } from '../searching/search-end.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { draftLines, draftSummary, draftSummaryOf } from './draft-summary.js';

export const listDrafts = defineTool({
  name: 'list_drafts',
  toolset: 'drafts',
  title: 'List drafts',
  description: 'Finds drafts, newest first, with the query and the pages of search_messages.',
  inputSchema: z.strictObject({
    query: z.string().max(2000).optional(),
    maxResults: z.int().min(1).max(50).default(10),
    maxChars: maxCharsOfList,
    pageToken: z.string().optional(),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    drafts: z.array(draftSummary),
    failed: z.array(failedRead).optional(),
    nextPageToken: z.string().optional(),
  }),
  answer: {
    text: ({ drafts, failed, ...page }, fence) => [
      ...drafts.flatMap((each) => draftLines(each, fence)),
      ...failedText('draft', failed, fence),
      fence.own(searchEnd(drafts.length, 'drafts', page)),
    ],
    lean: z.object({
      drafts: z.array(z.object({ draftId: z.string() })),
      failed: z.array(failedRead).optional(),
      nextPageToken: z.string().optional(),
    }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.compose, gmailScopes.readonly],
  mailTexts: ({ drafts }) => drafts.map(({ threadId, snippet: text }) => ({ threadId, text })),
  handler: async ({ query, maxResults, maxChars, pageToken }, { drafts, signal, progress }) => {
    const position = readPosition(pageToken);
    const page = await drafts
      .list({ query, maxResults, pageToken: position.pageToken })
      .catch((error: unknown) => {
        throw namingArgument(error, pageToken === undefined ? 'query' : 'pageToken');
      });
    const ids = restOf(
      page.drafts.map(({ id }) => id),
      position,
    );
    const reads = new SeveralReads();
    const read = counted(ids.length, { progress }, (id: string) =>
      reads.read(id, drafts.get(id, 'metadata').then(draftSummaryOf)),
    );
    const { items, done } = await filledPage(ids, answerRoom(maxChars), (some) =>
      pMap(some, read, { signal }),
    );
    return {
      notice: untrustedContentNotice,
      drafts: items,
      failed: reads.failed(),
      nextPageToken: nextPosition(ids, done, position, page.nextPageToken),
    };
  },
});
