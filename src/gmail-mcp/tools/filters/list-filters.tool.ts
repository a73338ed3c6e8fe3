import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { answerRoom, maxCharsOfList } from '../answer-budget.js';
import { filledPage } from '../answers/filled-page.js';
import { defineTool } from '../define-tool.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { filterLines, filterView, viewFilter } from './filter-view.js';

export const listFilters = defineTool({
  name: 'list_filters',
  toolset: 'organize',
  title: 'List filters',
  description: 'Lists what is done with mail as it comes in. For more, pass nextOffset as offset.',
  inputSchema: z.strictObject({ maxChars: maxCharsOfList, offset: z.int().min(0).default(0) }),
  outputSchema: z.object({
    notice: untrustedContent,
    filters: z.array(filterView),
    totalFilters: z.int(),
    nextOffset: z.int().optional(),
  }),
  answer: {
    text: ({ filters, totalFilters, nextOffset }, fence) => [
      ...filters.flatMap((each) => filterLines(each, fence)),
      fence.own(
        nextOffset === undefined
          ? `${totalFilters} filters in all`
          : `of ${totalFilters} filters, more with offset ${nextOffset}`,
      ),
    ],
    lean: z.object({
      filters: z.array(z.object({ filterId: z.string() })),
      totalFilters: z.int(),
      nextOffset: z.int().optional(),
    }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.settingsBasic, gmailScopes.readonly],
  handler: async ({ maxChars, offset }, { filters }) => {
    const all = await filters.list();
    const { items, done } = await filledPage(all.slice(offset), answerRoom(maxChars), async (some) =>
      some.map(viewFilter),
    );
    const end = offset + done;
    return {
      ...{ notice: untrustedContentNotice, filters: items, totalFilters: all.length },
      ...(end < all.length ? { nextOffset: end } : {}),
    };
  },
});
