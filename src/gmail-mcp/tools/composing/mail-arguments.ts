import { z } from 'zod';
import { parseMailboxAddress } from '../../../gmail/index.js';
import { attachmentReferences } from './attachment-reference.js';

/** Gmail's limit for one message, of all three kinds together. */
const mostRecipients = 500;

const address = z
  .string()
  .max(500)
  .transform((text, context) => {
    const parsed = parseMailboxAddress(text);
    if (parsed !== null) return parsed;
    const message = 'expected one address: ada@example.com or Ada Lovelace <ada@example.com>';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** Addresses of one kind of recipients. */
export function recipients() {
  return z.array(address).max(mostRecipients).default([]);
}

interface Recipients {
  to: readonly unknown[];
  cc: readonly unknown[];
  bcc: readonly unknown[];
}

/** Refuses more recipients than Gmail takes, naming `to`. */
export function refuseTooMany({ to, cc, bcc }: Recipients, context: z.RefinementCtx): void {
  if (to.length + cc.length + bcc.length <= mostRecipients) return;
  const message = `at most ${mostRecipients} recipients in to, cc and bcc together`;
  context.addIssue({ code: 'custom', path: ['to'], message });
}

/**
 * What every tool that writes a mail takes beside its recipients and texts. Said in words by one tool alone, since every
 * agent pays for the descriptions of all of them.
 */
export const mailExtras = {
  attachments: attachmentReferences,
  /** A send-as address. */
  from: z.string().max(320).optional(),
  signature: z.boolean().optional(),
  language: z
    .string()
    .refine(
      (tag) => /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}$/.test(tag),
      'expected a tag such as en or pt-BR',
    )
    .optional(),
};
