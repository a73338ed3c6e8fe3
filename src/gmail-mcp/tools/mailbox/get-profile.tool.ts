import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';

export const getProfile = defineTool({
  name: 'get_profile',
  title: 'Get profile',
  description: 'Tells the address of the mailbox and how many messages and threads it holds.',
  inputSchema: z.strictObject({}),
  outputSchema: z.object({
    email: z.string(),
    messagesTotal: z.int(),
    threadsTotal: z.int(),
  }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.metadata, gmailScopes.compose],
  handler: async (_input, { mailbox }) => {
    const { emailAddress, messagesTotal, threadsTotal } = await mailbox.getProfile();
    return { email: emailAddress, messagesTotal, threadsTotal };
  },
});
