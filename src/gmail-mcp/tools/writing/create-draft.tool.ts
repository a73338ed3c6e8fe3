import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { composeOutgoing, outgoingMailInput } from './outgoing-mail.js';

export const createDraft = defineTool({
  name: 'create_draft',
  title: 'Create draft',
  description:
    'Leaves a mail among the drafts for the owner of the mailbox to read and send; nothing is sent. Prefer it to ' +
    'send_message unless the user asked for sending. Each call creates another draft.',
  inputSchema: outgoingMailInput,
  outputSchema: z.object({
    draftId: z.string(),
    messageId: z.string().describe('Changes when the draft is edited'),
    threadId: z.string(),
  }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  scopes: [gmailScopes.compose],
  handler: async (input, context) => {
    const mail = await composeOutgoing(input, context);
    const { id, message } = await context.outbox.createDraft(mail);
    return { draftId: id, messageId: message.id, threadId: message.threadId };
  },
});
