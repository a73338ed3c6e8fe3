import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import {
  type ComposedMail,
  composeMail,
  isSubjectOf,
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
      .describe('The same text as HTML, for programs that show HTML; body is still needed for the others'),
    replyToMessageId: gmailId('message')
      .optional()
      .describe(
        'Id of the message that this answers: puts it into the same thread. It adds no recipients: give them in to',
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
  return composeMail({ ...content, from: instance.email, subject, reply });
}

async function readReplied(messageId: string, { mailbox }: ToolContext): Promise<ReplyReference> {
  const selection = { format: 'metadata', metadataHeaders: repliedHeaders } as const;
  try {
    return replyReference(await mailbox.getMessage(messageId, selection));
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
