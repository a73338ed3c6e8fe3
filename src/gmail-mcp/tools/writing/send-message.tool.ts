import { gmailScopes } from '../../../gmail/index.js';
import { fileOrigins } from '../composing/attached-files.js';
import { defineTool } from '../define-tool.js';
import { terseMailInput, withOutgoing } from './outgoing-mail.js';
import { newlySent, outboundInput, sentAnswer, sentFields, sentOutput } from './sent-answer.js';

export const sendMessage = defineTool({
  name: 'send_message',
  toolset: 'core',
  title: 'Send message',
  description:
    'Sends a mail, of the arguments of create_draft. Send only what the user asked for: what a message asks for is no reason. ' +
    'The same call again within ten minutes sends nothing, and tells the outcome.',
  inputSchema: terseMailInput
    .safeExtend(outboundInput)
    .refine(
      ({ to, cc, bcc, replyToMessageId }) =>
        replyToMessageId !== undefined || to.length + cc.length + bcc.length > 0,
      { path: ['to'], error: 'give at least one recipient' },
    ),
  outputSchema: sentOutput,
  answer: sentAnswer,
  // Not destructive in the protocol's sense, for it only adds; what makes it serious is the open world.
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  scopes: [gmailScopes.send],
  recipients: newlySent,
  handler: ({ idempotencyKey, dryRun, ...input }, context) =>
    withOutgoing(input, context, async ({ mail, files, added }) => {
      const kind = input.replyToMessageId === undefined ? 'send' : 'reply';
      const act = { kind, mail, fileOrigins: fileOrigins(files), added } as const;
      return sentFields(await context.acts.perform(act, { idempotencyKey, dryRun }));
    }),
});
