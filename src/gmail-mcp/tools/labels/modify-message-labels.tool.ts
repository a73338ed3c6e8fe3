import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { checkLabelChanges, fileWith, labelChangeFields } from './label-changes.js';

export const modifyMessageLabels = defineTool({
  name: 'modify_message_labels',
  toolset: 'core',
  title: 'Modify message labels',
  description:
    'Adds labels to a message and removes others, by ids or names: remove INBOX to archive, remove ' +
    'UNREAD to mark as read, add STARRED or SPAM, add TRASH to throw away.',
  inputSchema: z
    .strictObject({ messageId: gmailId('message'), ...labelChangeFields })
    .superRefine(checkLabelChanges),
  outputSchema: z.object({ id: z.string(), threadId: z.string(), labelIds: z.array(z.string()) }),
  answer: {
    text: ({ id, threadId, labelIds: has }) => [
      `message ${id} in thread ${threadId} has the labels: ${has.join(', ') || 'none'}`,
    ],
  },
  // Destructive in the protocol's sense, which is: not only adding.
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.modify],
  handler: ({ messageId, ...given }, { mailbox }) =>
    fileWith(given, mailbox, (changes) => mailbox.modifyMessage(messageId, changes)),
});
