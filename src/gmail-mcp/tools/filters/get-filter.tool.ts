import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { untrustedContent, untrustedContentNotice } from '../untrusted-content.js';
import { filterIdField, namingFilter } from './filter-id.js';
import { filterLines, filterView, viewFilter } from './filter-view.js';

export const getFilter = defineTool({
  name: 'get_filter',
  toolset: 'organize',
  title: 'Get filter',
  description: 'Reads one filter.',
  inputSchema: z.strictObject({ filterId: filterIdField }),
  outputSchema: filterView.extend({ notice: untrustedContent }),
  answer: {
    text: (filter, fence) => filterLines(filter, fence),
    lean: z.object({ filterId: z.string() }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.settingsBasic, gmailScopes.readonly],
  handler: async ({ filterId }, { filters }) => {
    const filter = await filters.get(filterId).catch((error: unknown) => {
      throw namingFilter(error);
    });
    return { notice: untrustedContentNotice, ...viewFilter(filter) };
  },
});
