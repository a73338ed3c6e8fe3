import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';

export const untrashThread = defineTool({
  name: 'untrash_thread',
  toolset: 'organize',
  title: 'Untrash thread',
  description: 'Takes a whole conversation out of the trash.',
  inputSchema: z.strictObject({ threadId: gmailId('thread') }),
  outputSchema: z.object({ threadId: z.string(), inTrash: z.literal(false) }),
  answer: { text: ({ threadId }) => [`thread ${threadId} is out of the trash`] },
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.modify],
  handler: async ({ threadId }, { filing }) => {
    const { id } = await filing.untrashThread(threadId);
    return { threadId: id, inTrash: false as const };
  },
});
