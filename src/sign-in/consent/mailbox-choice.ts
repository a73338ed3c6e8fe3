import { z } from 'zod';

const ids = z.guid().array().max(1000);

/** What a person posted on the page of a client. */
export const postedDecision = z.object({
  decision: z.enum(['allow', 'google', 'other', 'deny']),
  /** Who was signed in when the page was shown. */
  person: z.guid().optional(),
  mailbox: z
    .union([z.guid().transform((id) => [id]), ids])
    .optional()
    .transform((given) => given ?? []),
  /** Mailboxes that are connected later are meant too. */
  later: z.literal('yes').optional(),
});

export type MailboxChoice =
  /** Null for all, later ones included. */
  | { status: 'chosen'; instanceIds: string[] | null }
  | { status: 'none' }
  /** What is no mailbox of the person's was posted. */
  | { status: 'foreign' };

/** Which mailboxes a client is to have, of those that were offered. */
export function mailboxChoice(
  offered: readonly string[],
  posted: readonly string[],
  withLater: boolean,
): MailboxChoice {
  if (posted.some((id) => !offered.includes(id))) return { status: 'foreign' };
  const chosen = offered.filter((id) => posted.includes(id));
  if (chosen.length === 0) return { status: 'none' };
  const isAll = chosen.length === offered.length;
  return { status: 'chosen', instanceIds: isAll && withLater ? null : chosen };
}
