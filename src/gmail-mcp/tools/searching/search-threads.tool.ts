import pMap, { pMapSkip } from 'p-map';
import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import { type GmailThread, gmailScopes, type Mailbox } from '../../../gmail/index.js';
import { concurrentReads } from '../concurrent-reads.js';
import { defineTool } from '../define-tool.js';
import { summarySelection } from '../message-summary.js';
import { namingArgument } from '../naming-argument.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { matchedMessages } from './matched-messages.js';
import { previewOf, threadPreview } from './thread-preview.js';

export const searchThreads = defineTool({
  name: 'search_threads',
  title: 'Search threads',
  description:
    'Finds conversations with a matching message, newest first, with counts and previews; read one with ' +
    'get_thread. Query and pages are those of search_messages.',
  inputSchema: z.strictObject({
    query: z.string().max(1900).optional(),
    maxResults: z.int().min(1).max(25).default(8),
    pageToken: z.string().min(1).optional(),
  }),
  outputSchema: z.object({
    notice: untrustedContent,
    threads: z.array(threadPreview),
    matchesComplete: z.boolean().describe('If false, more messages matched than are told as matched'),
    nextPageToken: z.string().optional(),
    resultSizeEstimate: z.int().optional(),
  }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.readonly],
  handler: async ({ query, maxResults, pageToken }, { mailbox, signal }) => {
    const page = await mailbox.listThreads({ query, maxResults, pageToken }).catch((error: unknown) => {
      throw namingArgument(error, pageToken === undefined ? 'query' : 'pageToken');
    });
    const threadIds = page.threads.map(({ id }) => id);
    const matched = await matchedMessages(mailbox, query, threadIds);
    const threads = await pMap(threadIds, async (id) => (await readThread(id, mailbox)) ?? pMapSkip, {
      concurrency: concurrentReads,
      signal,
    });
    return {
      notice: untrustedContentNotice,
      threads: threads.map((thread) => previewOf(thread, matched)),
      matchesComplete: matched.complete,
      nextPageToken: page.nextPageToken,
      resultSizeEstimate: page.resultSizeEstimate,
    };
  },
});

/** Null for one that was deleted since it was listed. */
async function readThread(id: string, mailbox: Mailbox): Promise<GmailThread | null> {
  try {
    return await mailbox.getThread(id, summarySelection);
  } catch (error) {
    if (error instanceof EvergrantError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
