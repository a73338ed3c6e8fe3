import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';

const spam = { addLabelIds: ['SPAM'], removeLabelIds: ['INBOX'] };
const inbox = { addLabelIds: ['INBOX'], removeLabelIds: ['SPAM'] };

export const markSpam = defineTool({
  name: 'mark_spam',
  toolset: 'organize',
  title: 'Mark spam',
  description: 'Moves a message to spam, or with isSpam false from there to the inbox.',
  inputSchema: z.strictObject({ messageId: gmailId('message'), isSpam: z.boolean().default(true) }),
  outputSchema: z.object({ id: z.string(), threadId: z.string(), labelIds: z.array(z.string()) }),
  answer: {
    text: ({ id, threadId, labelIds }) => [
      `message ${id} in thread ${threadId} has the labels: ${labelIds.join(', ') || 'none'}`,
    ],
  },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.modify],
  handler: ({ messageId, isSpam }, { mailbox }) => mailbox.modifyMessage(messageId, isSpam ? spam : inbox),
});
