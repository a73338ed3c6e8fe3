import { z } from 'zod';
import { EvergrantError } from '../../../errors/index.js';
import {
  type ComposedMail,
  composeMail,
  isSubjectOf,
  type MailboxAddress,
  replyReference,
  type ReplyReference,
} from '../../../gmail/index.js';
import { type OutgoingFile, withFiles } from '../composing/attached-files.js';
import { attachmentReferences } from '../composing/attachment-reference.js';
import { mailExtras, recipients, refuseTooMany } from '../composing/mail-arguments.js';
import { readOriginal } from '../composing/read-original.js';
import { addedTexts, senderOf } from '../composing/sender.js';
import type { ToolContext } from '../define-tool.js';
import { gmailId } from '../gmail-id.js';

/** The arguments of a tool that writes a mail. */
export const outgoingMailInput = z
  .strictObject({
    to: recipients().describe('"Ada <ada@example.com>"'),
    cc: recipients(),
    bcc: recipients(),
    subject: z.string().trim().max(1000).default('').describe('Not for a reply'),
    body: z.string().describe('Plain text, no Markdown'),
    htmlBody: z.string().optional().describe('The same as HTML'),
    replyToMessageId: gmailId('message')
      .optional()
      .describe('What this answers; goes to its sender by default'),
    ...mailExtras,
    attachments: attachmentReferences.describe('"messageId/partId"'),
  })
  .superRefine(refuseTooMany);

/** The same without words, for the tool that is listed behind one that says them. */
export const terseMailInput = outgoingMailInput.safeExtend({
  to: recipients(),
  subject: z.string().trim().max(1000).default(''),
  body: z.string(),
  htmlBody: z.string().optional(),
  replyToMessageId: gmailId('message').optional(),
  attachments: attachmentReferences,
});

/** A mail, and what went into it. */
interface OutgoingMail {
  mail: ComposedMail;
  files: readonly OutgoingFile[];
  /** What its writer has not given. */
  added: readonly string[];
}

/**
 * Composes the mail that the arguments ask for, and does some work with it.
 * @throws what the work throws; EvergrantError naming the argument at fault
 */
export async function withOutgoing<Result>(
  { replyToMessageId, subject, attachments, from, signature, ...content }: z.output<typeof outgoingMailInput>,
  context: ToolContext,
  work: (outgoing: OutgoingMail) => Promise<Result>,
): Promise<Result> {
  const reply = replyToMessageId === undefined ? undefined : await readReplied(replyToMessageId, context);
  if (reply !== undefined && subject !== '' && !isSubjectOf(subject, reply)) {
    throw new EvergrantError('VALIDATION_FAILED', {
      field: 'subject',
      message: 'A reply keeps the subject of the message that it answers: leave "subject" out',
    });
  }
  const to = recipientsOf(content, reply);
  const sender = await senderOf({ from, signature }, context);
  return withFiles({ references: attachments, conversation: reply?.threadId }, context, async (files) =>
    work({
      mail: await composeMail({ ...content, ...sender, to, subject, reply, files }),
      files,
      added: addedTexts(undefined, sender),
    }),
  );
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

async function readReplied(messageId: string, context: ToolContext): Promise<ReplyReference> {
  const original = { field: 'replyToMessageId', whole: false };
  return replyReference(await readOriginal(messageId, original, context), context.instance.email);
}
