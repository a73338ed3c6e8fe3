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
function recipients() {
  return z.array(recipient).max(mostRecipients).default([]);
}

/** The arguments of a tool that writes a mail. */
export const outgoingMailInput = z
  .strictObject({
    to: recipients().describe('Such as "Ada Lovelace <ada@example.com>"'),
    cc: recipients(),
    bcc: recipients(),
    subject: z.string().trim().max(1000).default('').describe('Not for a reply'),
    body: z.string().describe('Plain text, no Markdown'),
    htmlBody: z.string().optional().describe('The same as HTML, if needed'),
    replyToMessageId: gmailId('message')
      .optional()
      .describe('What this answers; goes to its sender by default'),
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
