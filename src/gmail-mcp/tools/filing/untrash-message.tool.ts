import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';

export const untrashMessage = defineTool({
  name: 'untrash_message',
  toolset: 'organize',
  title: 'Untrash message',
  description: 'Takes a message out of the trash.',
  inputSchema: z.strictObject({ messageId: gmailId('message') }),
  outputSchema: z.object({ id: z.string(), threadId: z.string(), labelIds: z.array(z.string()) }),
  answer: {
    text: ({ id, threadId, labelIds }) => [
      `message ${id} in thread ${threadId} has the labels: ${labelIds.join(', ') || 'none'}`,
    ],
  },
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.modify],
  handler: ({ messageId }, { filing }) => filing.untrashMessage(messageId),
});
