import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import {
  type ComposedMail,
  composeMail,
  isSubjectOf,
  type MailboxAddress,
  parseMailboxAddress,
  repliedHeaders,
  replyReference,
  type ReplyReference,
} from '../../../gmail/index.js';
import type { ToolContext } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';

/** Gmail's limit for one message, of all three kinds together. */
const mostRecipients = 500;

const recipient = z
  .string()
  .max(500)
  .transform((text, context) => {
    const parsed = parseMailboxAddress(text);
    if (parsed !== null) return parsed;
    const message = 'expected one address: ada@example.com or Ada Lovelace <ada@example.com>';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
function recipients(who: string) {
  return z
    .array(recipient)
    .max(mostRecipients)
    .default([])
    .describe(`${who}, each "ada@example.com" or "Ada Lovelace <ada@example.com>"`);
}

/** The arguments of a tool that writes a mail. */
export const outgoingMailInput = z
  .strictObject({
    to: recipients('Recipients'),
    cc: recipients('Recipients of a copy'),
    bcc: recipients('Recipients of a copy whom the others do not see'),
    subject: z
      .string()
      .trim()
      .max(1000)
      .default('')
      .describe('Leave it out in a reply, which keeps the subject of its thread'),
    body: z.string().describe('The text, plain: no HTML, no Markdown. Line breaks are kept'),
    htmlBody: z
      .string()
      .optional()
      .describe(
        'The same text as HTML, where it needs more than lines and links, which the body has by itself; body is ' +
          'still needed for programs without HTML',
      ),
    replyToMessageId: gmailId('message')
      .optional()
      .describe(
        'Id of the message that this answers: puts it into the same thread. Without recipients the reply goes to ' +
          'the sender of that message',
      ),
  })
  .superRefine(({ to, cc, bcc }, context) => {
    if (to.length + cc.length + bcc.length <= mostRecipients) return;
    const message = `at most ${mostRecipients} recipients in to, cc and bcc together`;
    context.addIssue({ code: 'custom', path: ['to'], message });
  });

/**
 * Composes the mail that the arguments ask for, from the account of the instance.
 * @throws EvergrantError naming the argument at fault
 */
export async function composeOutgoing(
  { replyToMessageId, subject, ...content }: z.output<typeof outgoingMailInput>,
  context: ToolContext,
): Promise<ComposedMail> {
  const { instance } = context;
  const reply = replyToMessageId === undefined ? undefined : await readReplied(replyToMessageId, context);
  if (reply !== undefined && subject !== '' && !isSubjectOf(subject, reply)) {
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'subject',
      message: 'A reply keeps the subject of the message that it answers: leave "subject" out',
    });
  }
  const to = recipientsOf(content, reply);
  return composeMail({ ...content, to, from: instance.email, subject, reply });
}

/** A reply that names no recipient goes where a reply goes. */
function recipientsOf(
  { to, cc, bcc }: Pick<z.output<typeof outgoingMailInput>, 'to' | 'cc' | 'bcc'>,
  reply: ReplyReference | undefined,
): readonly MailboxAddress[] {
  if (reply === undefined || to.length + cc.length + bcc.length > 0) return to;
  if (reply.recipients.length > 0) return reply.recipients;
  throw new EvergrantError('VALIDATION_FAILED', {
    field: 'to',
    message: 'The message that this answers names no address to answer to: give the recipients in "to"',
  });
}

async function readReplied(messageId: string, { mailbox, instance }: ToolContext): Promise<ReplyReference> {
  const selection = { format: 'metadata', metadataHeaders: repliedHeaders } as const;
  try {
    return replyReference(await mailbox.getMessage(messageId, selection), instance.email);
  } catch (error) {
    if (!(error instanceof EvergrantError) || error.code !== 'NOT_FOUND') throw error;
    const field = 'replyToMessageId';
    throw new EvergrantError('NOT_FOUND', {
      field,
      message: `There is no message with the id in "${field}"`,
      cause: error,
    });
  }
}
