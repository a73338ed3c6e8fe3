import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import {
  composeMail,
  type GmailMessage,
  gmailScopes,
  once,
  OwnAddresses,
  type QuotedOriginal,
  replyAudience,
  replyReference,
} from '../../../gmail/index.js';
import { newlySent, sentAnswer, sentFields, sentOutput, terseOutboundInput } from '../writing/sent-answer.js';
import { defineTool, type ToolContext } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';
import { fileOrigins, withFiles } from './attached-files.js';
import { mailExtras, recipients, refuseTooMany } from './mail-arguments.js';
import { readOriginal } from './read-original.js';
import { addedTexts, ownAddresses, senderOf } from './sender.js';

const input = z
  .strictObject({
    messageId: gmailId('message'),
    body: z.string(),
    htmlBody: z.string().optional(),
    replyAll: z.boolean().optional(),
    to: recipients(),
    cc: recipients(),
    bcc: recipients(),
    quote: z.boolean().optional(),
    ...mailExtras,
    ...terseOutboundInput,
  })
  .superRefine(refuseTooMany);

export const replyToMessage = defineTool({
  name: 'reply_to_message',
  toolset: 'core',
  title: 'Reply to message',
  description: 'Sends a reply that quotes the message: to its author, or with replyAll to all.',
  inputSchema: input,
  outputSchema: sentOutput.extend({ quoted: z.boolean() }),
  answer: sentAnswer,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
  scopes: [gmailScopes.send],
  recipients: newlySent,
  handler: async (arguments_, context) => {
    const {
      messageId,
      replyAll = false,
      quote = true,
      attachments,
      idempotencyKey,
      dryRun,
      ...content
    } = arguments_;
    const { message, quoted } = await answered(messageId, quote, context);
    const reply = replyReference(message, context.instance.email);
    const own = replyAll ? await ownAddresses(context) : new OwnAddresses([context.instance.email]);
    const audience = replyAudience(message, own, replyAll);
    const to = once([...audience.to, ...content.to]);
    const cc = once([...audience.cc, ...content.cc], to);
    const bcc = once(content.bcc, [...to, ...cc]);
    refuseAudience({ to, cc, bcc });
    const sender = await senderOf(content, context);
    const attached = { references: attachments, conversation: message.threadId };
    return withFiles(attached, context, async (files) => {
      const mail = await composeMail({
        ...{ body: content.body, htmlBody: content.htmlBody, language: content.language },
        ...{ to, cc, bcc, subject: '', reply, files, quoted },
        ...sender,
      });
      const act = {
        kind: 'reply',
        mail,
        fileOrigins: fileOrigins(files),
        added: addedTexts(quoted, sender),
      } as const;
      const answer = await context.acts.perform(act, { idempotencyKey, dryRun });
      return { ...sentFields(answer), quoted: quoted !== undefined };
    });
  },
});

/** Who may not read mail can answer it nevertheless, without a quotation. */
async function answered(
  messageId: string,
  quote: boolean,
  context: ToolContext,
): Promise<{ message: GmailMessage; quoted?: QuotedOriginal }> {
  const field = 'messageId';
  if (!quote) return { message: await readOriginal(messageId, { field, whole: false }, context) };
  try {
    const message = await readOriginal(messageId, { field, whole: true }, context);
    return { message, quoted: await context.quotes.reply(message) };
  } catch (error) {
    if (!(error instanceof EvergrantError) || error.code !== 'INSUFFICIENT_SCOPE') throw error;
    return { message: await readOriginal(messageId, { field, whole: false }, context) };
  }
}

const mostRecipients = 500;

function refuseAudience({ to, cc, bcc }: Record<'to' | 'cc' | 'bcc', readonly unknown[]>): void {
  const count = to.length + cc.length + bcc.length;
  if (count === 0)
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'to',
      message: 'The message that this answers names no address to answer to: give the recipients in "to"',
    });
  if (count > mostRecipients)
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'replyAll',
      message: `The message went to more than the ${mostRecipients} recipients that Gmail takes for one mail`,
    });
}
