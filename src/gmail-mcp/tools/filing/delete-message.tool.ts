import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';

export const deleteMessage = defineTool({
  name: 'delete_message',
  toolset: 'dangerous',
  title: 'Delete message',
  description:
    'Deletes a message at once and for good. Only where the user asked for just that; else move it into the trash.',
  inputSchema: z.strictObject({ messageId: gmailId('message') }),
  outputSchema: z.object({ messageId: z.string(), deleted: z.literal(true) }),
  answer: { text: ({ messageId }) => [`message ${messageId} was deleted for good`] },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.full],
  handler: async ({ messageId }, { filing }) => {
    await filing.deleteMessage(messageId);
    return { messageId, deleted: true as const };
  },
});
