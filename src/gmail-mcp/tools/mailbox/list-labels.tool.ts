import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { answerRoom, maxCharsOfList } from '../answer-budget.js';
import { filledPage } from '../answers/filled-page.js';
import { defineTool } from '../define-tool.js';

/** A mailbox may have 10,000 labels; most have fewer than this. */
const labelsPerPage = 200;

export const listLabels = defineTool({
  name: 'list_labels',
  toolset: 'core',
  title: 'List labels',
  description:
    'Lists the labels with the ids that modify_message_labels takes. A search names a label instead: ' +
    'label:travel-plans for "Travel plans". For more, pass nextOffset as offset.',
  inputSchema: z.strictObject({
    maxChars: maxCharsOfList,
    offset: z.int().min(0).default(0),
  }),
  outputSchema: z.object({
    labels: z.array(z.object({ id: z.string(), name: z.string(), type: z.enum(['system', 'user']) })),
    totalLabels: z.int(),
    nextOffset: z.int().optional().describe('Where the next page begins'),
  }),
  answer: {
    text: ({ labels, totalLabels, nextOffset }) => [
      ...labels.map(({ id, name }) => (id === name ? id : `${id}: ${name.replaceAll(/\s+/g, ' ')}`)),
      nextOffset === undefined
        ? `(${totalLabels} labels in all)`
        : `(of ${totalLabels} labels, more with offset ${nextOffset})`,
    ],
    lean: z.object({ totalLabels: z.int(), nextOffset: z.int().optional() }),
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.labels, gmailScopes.metadata],
  handler: async ({ maxChars, offset }, { mailbox }) => {
    const all = await mailbox.listLabels();
    const page = all.slice(offset, offset + labelsPerPage);
    const { items, done } = await filledPage(page, answerRoom(maxChars), async (some) => [...some]);
    const end = offset + done;
    return {
      labels: items,
      totalLabels: all.length,
      ...(end < all.length ? { nextOffset: end } : {}),
    };
  },
});
