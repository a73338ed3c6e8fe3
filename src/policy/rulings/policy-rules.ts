import { Injectable } from '@nestjs/common';
import type { OutboundAct } from '../acts/outbound-act.js';
import {
  OutboundRules,
  type ActFacts,
  type ActSender,
  type FoundFacts,
  type OutboundRuling,
} from '../acts/outbound-rules.js';
import { decideOutboundAct, type OutboundDecision } from '../rules/decide-outbound-act.js';
import type { EffectivePolicy } from '../rules/effective-policy.js';
import type { CopiedFact, RecipientFact } from '../rules/outbound-facts.js';
import { findSecrets } from '../secrets/find-secrets.js';
import { factsOfAct, unaskedRecipients } from './facts-of-act.js';
import { HeldPolicies } from './held-policies.js';
import { outgoingTexts } from './outgoing-texts.js';
import { PolicyMetrics } from './policy-metrics.js';
import { ReadMemory } from './read-memory.js';

const secondsPerHour = 3_600;

/** Decides by what the tenant and the instance say at that moment, and by what the act's text looks like. */
@Injectable()
export class PolicyRules extends OutboundRules {
  constructor(
    private readonly policies: HeldPolicies,
    private readonly metrics: PolicyMetrics,
    private readonly memory: ReadMemory,
  ) {
    super();
  }

  /** @throws EvergrantError `NOT_FOUND` for an instance that is gone */
  override async decide(sender: ActSender, act: OutboundAct, facts: ActFacts): Promise<OutboundRuling> {
    const policy = await this.policies.of(sender);
    const copied = policy.secrets === 'allow' ? [] : await this.memory.copiedBy(sender, act, facts);
    const isAsked = copied.length > 0 || dependsOnRecipients(policy, act);
    const recipients = isAsked ? await facts.recipients() : unaskedRecipients(act);
    const decision = decisionOn(act, { recipients, copied }, policy);
    if (!facts.isDryRun && !policy.dryRun) this.metrics.count(decision);
    return {
      decision,
      found: {
        recipients,
        copied: copied.map(({ threadId, participants }) => ({ threadId, participants: [...participants] })),
      },
      approvalLifeSeconds: policy.approvalLifeHours * secondsPerHour,
      dryRun: policy.dryRun,
    };
  }

  /** @throws EvergrantError `NOT_FOUND` for an instance that is gone */
  override async decideAgain(
    sender: ActSender,
    act: OutboundAct,
    { recipients, copied }: FoundFacts,
  ): Promise<Pick<OutboundRuling, 'decision' | 'dryRun'>> {
    const policy = await this.policies.of(sender);
    const copies = copied.map(({ threadId, participants }) => ({
      threadId,
      participants: new Set(participants),
    }));
    return { decision: decisionOn(act, { recipients, copied: copies }, policy), dryRun: policy.dryRun };
  }
}

function decisionOn(
  act: OutboundAct,
  { recipients, copied }: { recipients: readonly RecipientFact[]; copied: readonly CopiedFact[] },
  policy: EffectivePolicy,
): OutboundDecision {
  const findings = policy.secrets === 'allow' ? [] : findSecrets(outgoingTexts(act));
  return decideOutboundAct(factsOfAct(act, recipients, findings, copied), policy);
}

/** Whether it makes a difference how well the mailbox knows a recipient; to find that out costs time and quota. */
function dependsOnRecipients(policy: EffectivePolicy, act: OutboundAct): boolean {
  const { newRecipients, conversations, onlyKnownRecipients, secrets } = policy;
  if (newRecipients !== 'allow' || conversations !== 'allow' || onlyKnownRecipients) return true;
  return (
    secrets !== 'allow' && 'message' in act && act.message.files.some(({ origin }) => origin === 'other_mail')
  );
}
