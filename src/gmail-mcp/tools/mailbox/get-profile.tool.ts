import { z } from 'zod';
import { gmailScopes } from '../../../gmail/index.js';
import { defineTool } from '../define-tool.js';

export const getProfile = defineTool({
  name: 'get_profile',
  toolset: 'core',
  title: 'Get profile',
  description: "Tells the mailbox's address and how many messages and threads it holds.",
  inputSchema: z.strictObject({}),
  outputSchema: z.object({
    email: z.string(),
    messagesTotal: z.int(),
    threadsTotal: z.int(),
  }),
  answer: {
    text: ({ email, messagesTotal, threadsTotal }) => [
      `${email}: ${messagesTotal} messages in ${threadsTotal} threads`,
    ],
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
  scopes: [gmailScopes.metadata, gmailScopes.compose],
  handler: async (_input, { mailbox }) => {
    const { emailAddress, messagesTotal, threadsTotal } = await mailbox.getProfile();
    return { email: emailAddress, messagesTotal, threadsTotal };
  },
});
