import { z } from 'zod';
import { recipientPattern } from './recipient-pattern.js';

/** All that lets something leave a mailbox, or go on leaving it by itself. */
export const outboundActKinds = [
  'send',
  'reply',
  'forward',
  'send_draft',
  'unsubscribe',
  'forwarding_filter',
  'vacation',
  'forwarding',
  'delegate',
] as const;
export type OutboundActKind = (typeof outboundActKinds)[number];

/** From mild to strict: of several that apply, the strictest counts. */
export const policyModes = ['allow', 'ask', 'deny'] as const;
export type PolicyMode = (typeof policyModes)[number];

const mostEntries = 500;
const mostAnHourOrDay = 1_000_000;

const mode = z.enum(policyModes).optional();

const recipients = z
  .array(
    z
      .string()
      .trim()
      .max(320)
      .refine(
        (entry) => recipientPattern(entry) !== null,
        'must be an address (ada@example.com), a domain (@example.com) or a domain with all below it (@*.example.com)',
      ),
  )
  .min(1)
  .max(mostEntries)
  .optional();

const cap = z.int().min(1).max(mostAnHourOrDay).optional();

const forms =
  'addresses (`ada@example.com`), domains (`@example.com`) and domains with all below them (`@*.example.com`)';

const fields = {
  acts: z
    .strictObject({
      send: mode,
      reply: mode,
      forward: mode,
      send_draft: mode,
      unsubscribe: mode,
      forwarding_filter: mode,
      vacation: mode,
      forwarding: mode,
      delegate: mode,
    } satisfies Record<OutboundActKind, typeof mode>)
    .optional()
    .describe(
      'By kind of act. What goes on by itself (`forwarding_filter`, `vacation`, `forwarding`, `delegate`) is `ask` unless said otherwise',
    ),
  newRecipients: mode.describe(
    'Recipients to whom the mailbox has never written; `ask` unless said otherwise',
  ),
  conversations: mode.describe('Recipients who take part in the conversation; `allow` unless said otherwise'),
  trustedRecipients: recipients.describe(
    `Who counts as known to the mailbox, though it has never written to them: ${forms}`,
  ),
  allowRecipients: recipients.describe(
    `The only ones to whom anything may go, which makes none of them known: ${forms}. Left out, all`,
  ),
  denyRecipients: recipients.describe(`To whom nothing may go: ${forms}`),
  onlyKnownRecipients: z
    .boolean()
    .optional()
    .describe('Whether all but people whom the mailbox has written to or heard from are denied'),
  messagesPerHour: cap.describe('Outbound acts in any hour; the lowest of all limits counts'),
  messagesPerDay: cap.describe('Outbound acts in any 24 hours'),
  recipientsPerHour: cap.describe('Recipients in any hour, to, cc and bcc together'),
  recipientsPerDay: cap.describe('Recipients in any 24 hours'),
  outsideFiles: mode.describe(
    'Files that are not of the conversation: uploaded ones and those of other mail; `allow` unless said otherwise',
  ),
  secrets: mode.describe(
    'Text that looks like a password, a key or a one-time code, and files of other mail for recipients to whom the mailbox has never written; `ask` unless said otherwise',
  ),
  approvalLifeHours: z
    .int()
    .min(1)
    .max(720)
    .optional()
    .describe('How long a held act waits for a decision; 24 unless said otherwise'),
  dryRun: z.boolean().optional().describe('Whether every act is only decided on, and nothing leaves'),
};

/** What an instance may say of its own, and so what a tenant may lock. */
export const policyFields = Object.keys(fields) as readonly (keyof typeof fields)[];
export type PolicyField = keyof typeof fields;

const locked = z
  .array(z.enum(policyFields as [PolicyField, ...PolicyField[]]))
  .max(policyFields.length)
  .optional()
  .describe('Fields in which an instance may only be stricter');

/** What a tenant's policy may be; a field that is not known is refused. */
export const tenantPolicy = z.strictObject({ ...fields, locked });

/** What an instance's policy may be; a field that is not known is refused. */
export const instancePolicy = z.strictObject(fields);

/** A tenant's policy as it is shown. */
export const tenantPolicyView = z
  .object({ ...fields, locked })
  .meta({ id: 'TenantPolicy', description: 'What may leave the mailboxes of a tenant' });

/** An instance's policy as it is shown. */
export const instancePolicyView = z
  .object(fields)
  .meta({ id: 'InstancePolicy', description: "Where an instance's policy differs from its tenant's" });

/** What may leave a mailbox. What is absent is as the defaults say. */
export type OutboundPolicy = z.output<typeof instancePolicy>;
/** A tenant's, which says also what its instances may not loosen. */
export type TenantPolicy = z.output<typeof tenantPolicy>;
