import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';

/** A mailbox may have 10,000 labels; most have fewer than this. */
const labelsPerPage = 200;

export const listLabels = defineTool({
  name: 'list_labels',
  title: 'List labels',
  description:
    'Lists the labels with the ids that modify_message_labels takes. A search names a label instead: ' +
    'label:travel-plans for "Travel plans". For more, pass nextOffset as offset.',
  inputSchema: z.strictObject({
    offset: z.int().min(0).default(0),
  }),
  outputSchema: z.object({
    labels: z.array(z.object({ id: z.string(), name: z.string(), type: z.enum(['system', 'user']) })),
    totalLabels: z.int(),
    nextOffset: z.int().optional().describe('Where the next page begins'),
  }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.labels, gmailScopes.metadata],
  handler: async ({ offset }, { mailbox }) => {
    const all = await mailbox.listLabels();
    const end = offset + labelsPerPage;
    return {
      labels: all.slice(offset, end),
      totalLabels: all.length,
      ...(end < all.length ? { nextOffset: end } : {}),
    };
  },
});
