import { Injectable } from '@nestjs/common';
import type { OutboundAct } from '../acts/outbound-act.js';
import { OutboundRules, type ActFacts, type ActSender, type OutboundRuling } from '../acts/outbound-rules.js';
import { decideOutboundAct } from '../rules/decide-outbound-act.js';
import type { EffectivePolicy } from '../rules/effective-policy.js';
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
    const findings = policy.secrets === 'allow' ? [] : findSecrets(outgoingTexts(act));
    const decision = decideOutboundAct(factsOfAct(act, recipients, findings, copied), policy);
    this.metrics.count(decision);
    return {
      decision,
      approvalLifeSeconds: policy.approvalLifeHours * secondsPerHour,
      dryRun: policy.dryRun,
    };
  }
}

/** Whether it makes a difference how well the mailbox knows a recipient; to find that out costs time and quota. */
function dependsOnRecipients(policy: EffectivePolicy, act: OutboundAct): boolean {
  const { newRecipients, conversations, onlyKnownRecipients, secrets } = policy;
  if (newRecipients !== 'allow' || conversations !== 'allow' || onlyKnownRecipients) return true;
  return (
    secrets !== 'allow' && 'message' in act && act.message.files.some(({ origin }) => origin === 'other_mail')
  );
}
