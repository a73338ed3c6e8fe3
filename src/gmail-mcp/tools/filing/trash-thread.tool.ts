import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';

export const trashThread = defineTool({
  name: 'trash_thread',
  toolset: 'organize',
  title: 'Trash thread',
  description: 'Moves a whole conversation into the trash, from where Gmail deletes it after 30 days.',
  inputSchema: z.strictObject({ threadId: gmailId('thread') }),
  outputSchema: z.object({ threadId: z.string(), inTrash: z.literal(true) }),
  answer: { text: ({ threadId }) => [`thread ${threadId} is in the trash`] },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.modify],
  handler: async ({ threadId }, { filing }) => {
    const { id } = await filing.trashThread(threadId);
    return { threadId: id, inTrash: true as const };
  },
});
