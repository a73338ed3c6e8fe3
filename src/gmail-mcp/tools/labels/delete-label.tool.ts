import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { ownLabel, ownLabelField } from './own-label.js';

export const deleteLabel = defineTool({
  name: 'delete_label',
  toolset: 'organize',
  title: 'Delete label',
  description: 'Deletes a label for good, by its id or name, and takes it from all messages; these stay.',
  inputSchema: z.strictObject({ labelId: ownLabelField }),
  outputSchema: z.object({ id: z.string(), name: z.string(), deleted: z.literal(true) }),
  answer: {
    text: ({ id, name }) => [`label ${id} was deleted: ${name.replaceAll(/\s+/g, ' ')}`],
  },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.labels, gmailScopes.modify],
  handler: async ({ labelId }, { mailbox, labels }) => {
    const { id, name } = await ownLabel(labelId, mailbox);
    await labels.delete(id);
    return { id, name, deleted: true as const };
  },
});
