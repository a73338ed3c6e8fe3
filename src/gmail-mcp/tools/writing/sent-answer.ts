import { z } from 'zod';
import type { GateAnswer } from '../../acts/gate-answer.js';
import type { AnswerForms } from '../answers/tool-answer.js';

/** Arguments of every tool that lets something leave the mailbox. */
export const outboundInput = {
  idempotencyKey: z.string().min(1).max(200).optional(),
  dryRun: z.boolean().default(false),
};

/** The same, not said again: every agent pays for the words of all tools. */
export const terseOutboundInput = {
  idempotencyKey: z.string().min(1).max(200).optional(),
  dryRun: z.boolean().optional(),
};

/** What became of something that was to leave the mailbox. */
export const sentOutput = z.object({
  status: z.enum(['sent', 'held', 'dry_run']),
  recipients: z.int().describe('To how many addresses it goes'),
  id: z.string().optional().describe('Of the message among the sent mail'),
  threadId: z.string().optional(),
  labelIds: z.array(z.string()).optional(),
  earlier: z.boolean().optional().describe('An earlier call had sent it'),
  approvalId: z.string().optional(),
  approvalUrl: z.string().optional().describe('For a person to decide'),
  expiresAt: z.string().optional(),
  decision: z.enum(['allow', 'ask', 'deny']).optional(),
  reasons: z.array(z.string()).optional(),
});
type SentOutput = z.output<typeof sentOutput>;

/** The gate's answer as a tool tells it. */
export function sentFields(answer: GateAnswer): SentOutput {
  switch (answer.status) {
    case 'sent': {
      const { status, recipients, id, threadId, labelIds, earlier } = answer;
      const fields = { status, recipients, id: id ?? undefined, threadId: threadId ?? undefined };
      return { ...fields, labelIds: [...labelIds], ...(earlier ? { earlier } : {}) };
    }
    case 'held':
    case 'dry_run':
      return { ...answer, reasons: [...answer.reasons] };
  }
}

/** To how many a call has sent, for the record of mail: what an earlier call had sent is in it. */
export function newlySent({ status, recipients, earlier }: SentOutput): number | null {
  return status === 'sent' && earlier !== true ? recipients : null;
}

export const sentAnswer: AnswerForms<SentOutput> = { text: (output) => [sentence(output)] };

function sentence(output: SentOutput): string {
  const { status, recipients } = output;
  if (status !== 'sent') return waitingSentence(output, 'sent');
  return (
    `sent to ${recipients} recipients: message ${output.id} in thread ${output.threadId}` +
    (output.earlier === true ? ' (by an earlier call; nothing was sent again)' : '')
  );
}

type Waiting = { [Field in keyof SentOutput]?: SentOutput[Field] | undefined };

/** Of what a person has to decide on, or what was tried dry. @param done what would have become of it */
export function waitingSentence(output: Waiting, done: string): string {
  const { status, recipients = 0, reasons = [], decision = 'allow' } = output;
  if (status === 'held')
    return (
      `Nothing was ${done} yet: a person has to approve it at ${output.approvalUrl} until ${output.expiresAt}, since ` +
      `${reasons.join('; ')}. Give the user this link. Call again with the same arguments to learn what became of it`
    );
  const to = recipients === 0 ? '' : ` to ${recipients} recipients`;
  return `dry run, nothing was ${done}: ${outlook(decision, done)}${to}${because(reasons)}`;
}

function outlook(decision: 'allow' | 'ask' | 'deny', done: string): string {
  if (decision === 'allow') return `it would be ${done}`;
  return decision === 'ask' ? 'a person would have to approve it' : 'it would not be allowed';
}

function because(reasons: readonly string[]): string {
  return reasons.length === 0 ? '' : `, since ${reasons.join('; ')}`;
}
