import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { noteDrafted } from '../drafts/drafted-words.js';
import { outgoingMailInput, withOutgoing } from './outgoing-mail.js';

export const createDraft = defineTool({
  name: 'create_draft',
  toolset: 'core',
  title: 'Create draft',
  description:
    'Leaves a mail among the drafts, for the user to read and send; nothing is sent. Prefer it to send_message unless ' +
    'the user asked for sending.',
  inputSchema: outgoingMailInput,
  outputSchema: z.object({
    draftId: z.string(),
    messageId: z.string().describe('Changes when the draft is edited'),
    threadId: z.string(),
  }),
  answer: {
    text: ({ draftId, messageId, threadId }) => [
      `draft ${draftId} was created: message ${messageId} in thread ${threadId}`,
    ],
  },
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  scopes: [gmailScopes.compose],
  handler: (input, context) =>
    withOutgoing(input, context, async ({ mail }) => {
      const { id, message } = await context.outbox.createDraft(mail);
      noteDrafted(input, message.threadId, context);
      return { draftId: id, messageId: message.id, threadId: message.threadId };
    }),
});
