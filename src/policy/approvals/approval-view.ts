import { z } from 'zod';
import { errorCodeSchema } from '../../errors/index.js';
import { outboundActKinds } from '../../identity/index.js';
import { pageView } from '../../openapi/index.js';
import type { StoredAct } from '../ledger/stored-act.js';
import { policyReasonCodes, reasonForPerson } from '../rules/policy-reasons.js';
import { approvalStatus, newAddresses, type Approval } from './approval.js';
import { readHtml, type HtmlReading } from './html-reading.js';

export const approvalStatuses = ['pending', 'approved', 'rejected', 'expired'] as const;

const outcomeView = z.object({
  status: z
    .enum(['under_way', 'done', 'not_sent', 'unknown'])
    .describe('`unknown`: it may have gone out, and no one can tell'),
  messageId: z.string().nullable().describe('Of the message among the sent mail'),
  errorCode: errorCodeSchema.nullable(),
});

const entry = z.object({
  id: z.guid(),
  instanceId: z.guid(),
  kind: z.enum(outboundActKinds),
  status: z.enum(approvalStatuses),
  outcome: outcomeView.nullable().describe('What became of it once it was approved'),
  recipients: z.int().describe('How many'),
  contentDigest: z.string(),
  createdAt: z.date(),
  expiresAt: z
    .date()
    .describe('Till when it can be decided on; of an approved one, till when it is carried out'),
  decidedAt: z.date().nullable(),
  decidedBy: z
    .string()
    .nullable()
    .describe('`owner:<subject>`, `api-key:<id>`, `session:<id of the key>`, `operator`'),
});

const address = z.object({ name: z.string(), address: z.string() });

const message = z.object({
  from: address.nullable().describe('Null: the account itself'),
  to: z.array(address),
  cc: z.array(address),
  bcc: z.array(address),
  replyTo: z.array(address).describe('Where answers go; none: to the sender'),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable().describe('A stranger may have written it: never show it as a page'),
  htmlReading: z
    .object({
      text: z.string().describe('As plain text, its links written out'),
      saysTheSame: z.boolean().describe('Whether `text` of the message says the same'),
      isCut: z.boolean().describe('Whether it is longer than what was read of it'),
      unnamedTargets: z
        .array(z.string())
        .describe('Where its links, forms and pictures lead that `text` of the message does not name'),
    })
    .nullable()
    .describe('What the HTML says, to be shown instead of it'),
  files: z.array(
    z.object({
      name: z.string(),
      mimeType: z.string(),
      sizeBytes: z.int(),
      sha256: z.string(),
      origin: z.enum(['conversation', 'other_mail', 'upload']),
    }),
  ),
  threadId: z.string().nullable().describe('The conversation that it continues; null for a new one'),
  inReplyTo: z.string().nullable().describe('The Message-ID that it answers'),
  language: z.string().nullable().describe('In which it says to be written (RFC 5646)'),
  headers: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .describe('Further ones, as a draft of another program may have'),
});

const requester = z.object({
  mcpToken: z.object({ id: z.guid(), name: z.string().nullable() }).nullable(),
  person: z
    .object({ id: z.guid(), email: z.string().nullable().describe('Null for one who is gone') })
    .nullable()
    .describe('For whom a client asked'),
  client: z
    .object({
      id: z.string(),
      name: z.string().nullable().describe('As the client called itself: anyone can take any name'),
      verifiedHost: z.string().nullable().describe('That vouches for the client; null where none does'),
    })
    .nullable(),
});

export const approvalView = entry
  .extend({
    readable: z
      .boolean()
      .describe(
        'False where its content does not open any more, since its row was changed or its key is gone',
      ),
    message: message.nullable().describe('The mail, word for word; null for a setting'),
    settings: z
      .array(z.object({ name: z.string(), value: z.string() }))
      .describe('What is set, where it is no mail'),
    recipientAddresses: z.array(z.string()).describe('To whom mail goes by a setting'),
    newRecipients: z.array(z.string()).describe('Those that the mailbox does not know'),
    reasons: z.array(
      z.object({
        code: z.enum(policyReasonCodes),
        subjects: z.array(z.string()),
        sentence: z.string().describe('For the person who decides'),
      }),
    ),
    mailbox: z.string().nullable(),
    instanceName: z.string(),
    requester: requester.describe('Who asked for it, as far as that is known still'),
  })
  .meta({ id: 'Approval', description: 'Something that a person decides on before it leaves a mailbox' });

export const approvalPageView = pageView(
  entry.meta({ id: 'ApprovalEntry', description: 'An approval without its content' }),
).meta({ id: 'ApprovalPage' });

export type ApprovalEntryView = z.output<typeof entry>;
export type ApprovalView = z.output<typeof approvalView>;

export function viewApprovalEntry(stored: StoredAct): ApprovalEntryView {
  const status = approvalStatus(stored);
  return entry.parse({ ...stored, status, outcome: status === 'approved' ? outcomeOf(stored) : null });
}

export function viewApproval(approval: Approval): ApprovalView {
  const { stored, act, reasons, surroundings } = approval;
  const message = act !== null && 'message' in act ? act.message : null;
  const setting = act !== null && 'settings' in act ? act : null;
  return approvalView.parse({
    ...viewApprovalEntry(stored),
    readable: act !== null,
    message: message === null ? null : { ...message, htmlReading: readingOf(message) },
    settings: setting?.settings ?? [],
    recipientAddresses: setting?.recipients ?? [],
    newRecipients: [...newAddresses(approval)],
    reasons: reasons.map((reason) => ({ ...reason, sentence: reasonForPerson(reason) })),
    mailbox: surroundings.mailbox,
    instanceName: surroundings.instanceName,
    requester: requesterOf(approval),
  });
}

function requesterOf({ stored, surroundings }: Approval): z.output<typeof requester> {
  const { mcpTokenId, personId, clientId, clientName, clientHost } = stored;
  return {
    mcpToken: mcpTokenId === null ? null : { id: mcpTokenId, name: surroundings.tokenName },
    person: personId === null ? null : { id: personId, email: surroundings.personEmail },
    client: clientId === null ? null : { id: clientId, name: clientName, verifiedHost: clientHost },
  };
}

function readingOf({ html, text }: { html: string | null; text: string }): HtmlReading | null {
  return html === null ? null : readHtml(html, text);
}

function outcomeOf({ state, outcome }: StoredAct): z.output<typeof outcomeView> {
  if (state === 'unknown') return { status: 'unknown', messageId: null, errorCode: null };
  if (outcome?.status === 'done' && state === 'done')
    return { status: 'done', messageId: outcome.id, errorCode: null };
  if (outcome?.status === 'not_sent' && state === 'not_sent')
    return { status: 'not_sent', messageId: null, errorCode: outcome.errorCode };
  // Why it did not go out yet, if it was tried.
  const errorCode = outcome?.status === 'not_sent' ? outcome.errorCode : null;
  return { status: 'under_way', messageId: null, errorCode };
}
