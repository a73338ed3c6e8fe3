import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';
import { composeOutgoing, outgoingMailInput } from './outgoing-mail.js';

export const createDraft = defineTool({
  name: 'create_draft',
  title: 'Create draft',
  description:
    'Writes a mail and leaves it among the drafts, where the owner of the mailbox can read, change and send it. ' +
    'Nothing is sent. Prefer it to send_message unless the user asked for the mail to be sent. For a reply pass ' +
    'replyToMessageId. Each call creates another draft.',
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
