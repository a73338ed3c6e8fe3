import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { checkLabelChanges, fileWith, labelChangeFields } from './label-changes.js';

export const modifyThreadLabels = defineTool({
  name: 'modify_thread_labels',
  toolset: 'core',
  title: 'Modify thread labels',
  description: 'Does what modify_message_labels does to all messages that a conversation has now.',
  inputSchema: z
    .strictObject({ threadId: gmailId('thread'), ...labelChangeFields })
    .superRefine(checkLabelChanges),
  outputSchema: z.object({
    threadId: z.string(),
    addedLabelIds: z.array(z.string()),
    removedLabelIds: z.array(z.string()),
  }),
  answer: {
    text: ({ threadId, addedLabelIds, removedLabelIds }) => [
      `thread ${threadId}: added ${addedLabelIds.join(', ') || 'none'}, removed ${removedLabelIds.join(', ') || 'none'}`,
    ],
  },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.modify],
  handler: ({ threadId, ...given }, { mailbox, filing }) =>
    fileWith(given, mailbox, async (changes) => {
      const { id } = await filing.modifyThread(threadId, changes);
      return { threadId: id, addedLabelIds: changes.addLabelIds, removedLabelIds: changes.removeLabelIds };
    }),
});
