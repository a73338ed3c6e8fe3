import { z } from 'zod';
import type { GateAnswer } from '../../acts/gate-answer.js';
import type { AnswerForms } from '../answers/tool-answer.js';

/** What became of a setting after which mail would leave by itself. */
export const settingOutput = z.object({
  status: z.enum(['set', 'held', 'dry_run']),
  approvalId: z.string().optional(),
  approvalUrl: z.string().optional(),
  expiresAt: z.string().optional(),
  decision: z.enum(['allow', 'ask', 'deny']).optional(),
  reasons: z.array(z.string()).optional(),
});
type SettingOutput = z.output<typeof settingOutput>;

/** It was set without the gate, for it lets nothing leave. */
export const setAtOnce: SettingOutput = { status: 'set' };

/** The same, tried dry. */
export const foreseenAtOnce: SettingOutput = { status: 'dry_run', decision: 'allow', reasons: [] };

/** The gate's answer, as a tool that sets something tells it. */
export function settingFields(answer: GateAnswer): SettingOutput {
  if (answer.status === 'sent') return setAtOnce;
  const { recipients: _recipients, ...fields } = answer;
  return { ...fields, reasons: [...answer.reasons] };
}

export const settingAnswer: AnswerForms<SettingOutput> = { text: (output) => [sentence(output)] };

function sentence({ status, approvalUrl, expiresAt, decision, reasons = [] }: SettingOutput): string {
  const because = reasons.length === 0 ? '' : `, since ${reasons.join('; ')}`;
  switch (status) {
    case 'set':
      return 'it is set';
    case 'held':
      return (
        `Nothing was set yet: a person has to approve it at ${approvalUrl ?? ''} until ${expiresAt ?? ''}${because}. ` +
        'Give the user this link. Call again with the same arguments to learn what became of it'
      );
    case 'dry_run':
      return `dry run, nothing was set; the policy says: ${decision ?? 'allow'}${because}`;
  }
}
