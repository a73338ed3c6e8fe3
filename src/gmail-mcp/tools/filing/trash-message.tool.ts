import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';

export const trashMessage = defineTool({
  name: 'trash_message',
  toolset: 'organize',
  title: 'Trash message',
  description: 'Moves a message into the trash, from where Gmail deletes it after 30 days.',
  inputSchema: z.strictObject({ messageId: gmailId('message') }),
  outputSchema: z.object({ id: z.string(), threadId: z.string(), labelIds: z.array(z.string()) }),
  answer: {
    text: ({ id, threadId, labelIds }) => [
      `message ${id} in thread ${threadId} has the labels: ${labelIds.join(', ') || 'none'}`,
    ],
  },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.modify],
  handler: ({ messageId }, { filing }) => filing.trashMessage(messageId),
});
