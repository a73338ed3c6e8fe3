import { z } from 'zod';
import {
  composeMail,
  forwardedParts,
  forwardSubject,
  gmailScopes,
  replyReference,
} from '../../../gmail/index.js';
import { newlySent, sentAnswer, sentFields, sentOutput, terseOutboundInput } from '../writing/sent-answer.js';
import { defineTool } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { fileOrigins, withFiles } from './attached-files.js';
import { mailExtras, recipients, refuseTooMany } from './mail-arguments.js';
import { readOriginal } from './read-original.js';
import { addedTexts, senderOf } from './sender.js';

const input = z
  .strictObject({
    messageId: gmailId('message'),
    to: recipients(),
    cc: recipients(),
    bcc: recipients(),
    note: z.string().default(''),
    htmlNote: z.string().optional(),
    ...mailExtras,
    ...terseOutboundInput,
  })
  .superRefine(refuseTooMany)
  .refine(({ to, cc, bcc }) => to.length + cc.length + bcc.length > 0, {
    path: ['to'],
    error: 'give at least one recipient',
  });

export const forwardMessage = defineTool({
  name: 'forward_message',
  toolset: 'core',
  title: 'Forward message',
  description: 'Forwards a message with its files.',
  inputSchema: input,
  outputSchema: sentOutput,
  answer: sentAnswer,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  scopes: [gmailScopes.send],
  recipients: newlySent,
  handler: async (arguments_, context) => {
    const {
      messageId,
      note,
      htmlNote,
      attachments,
      to,
      cc,
      bcc,
      language,
      idempotencyKey,
      dryRun,
      ...sending
    } = arguments_;
    const message = await readOriginal(messageId, { field: 'messageId', whole: true }, context);
    const parts = forwardedParts(message);
    const own = parts.map(({ partId, contentId }) => ({ messageId, partId, contentId }));
    const sender = await senderOf(sending, context);
    const contentIds = parts.flatMap(({ contentId }) => contentId ?? []);
    const quoted = await context.quotes.forward(message, contentIds);
    const reply = replyReference(message, context.instance.email);
    const attached = { references: [...attachments, ...own], conversation: message.threadId, read: message };
    return withFiles(attached, context, async (files) => {
      const mail = await composeMail({
        ...{ body: note, htmlBody: htmlNote, language, to, cc, bcc, subject: '', files, quoted },
        reply: { ...reply, subject: forwardSubject(reply.subject) },
        ...sender,
      });
      const act = {
        kind: 'forward',
        mail,
        fileOrigins: fileOrigins(files),
        added: addedTexts(quoted, sender),
      } as const;
      return sentFields(await context.acts.perform(act, { idempotencyKey, dryRun }));
    });
  },
});
