import { Injectable } from '@nestjs/common';
import { AuditTrail, type RequestSource } from '../../audit/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { Mailbox } from '../../gmail/index.js';
import type { Instance } from '../../instances/index.js';
import {
  deniedEvent,
  OutboundRules,
  reasonForModel,
  type OutboundAct,
  type OutboundRuling,
  type RequestingClient,
} from '../../policy/index.js';
import { actorOfHolder, type TokenHolder } from '../token-holder.js';
import { RecipientFacts } from './recipient-facts.js';

/** Who asks for an act. */
export interface ActCaller {
  readonly instance: Instance;
  readonly holder: TokenHolder;
  /** The client that acts for a person. */
  readonly client?: RequestingClient | undefined;
  readonly source: () => RequestSource;
  /** See `ActFacts` of policy. */
  readonly added?: readonly string[];
}

/** What the policy says of acts, by what the mailbox tells of their recipients. */
@Injectable()
export class ActRulings {
  constructor(
    private readonly rules: OutboundRules,
    private readonly facts: RecipientFacts,
    private readonly trail: AuditTrail,
  ) {}

  ruling(
    act: OutboundAct,
    { instance, added = [] }: ActCaller,
    mailbox: Mailbox,
    { isDryRun }: { isDryRun: boolean },
  ): Promise<OutboundRuling> {
    const sender = { id: instance.id, tenantId: instance.tenantId };
    return this.rules.decide(sender, act, {
      recipients: () => this.facts.of(act, mailbox, instance),
      participantsOf: (threadId) => this.facts.participantsOf(threadId, mailbox, instance),
      ...{ added, isDryRun },
    });
  }

  /** Records a denial. @returns what the caller is refused with */
  async denial(
    act: OutboundAct,
    { decision }: OutboundRuling,
    { instance, holder, client, source }: ActCaller,
  ): Promise<EvergrantError> {
    const reasons = decision.verdict === 'allow' ? [] : decision.reasons;
    const sender = { id: instance.id, tenantId: instance.tenantId };
    const actor = actorOfHolder(holder, sender.tenantId);
    await this.trail.keep(
      deniedEvent(act, reasons, { sender, actor, clientId: client?.id ?? null, source: source() }),
    );
    return new EvergrantError('FORBIDDEN', {
      reason: 'policy_denied',
      report: { rules: reasons.map(({ code }) => code) },
      message:
        `Nothing was sent: the policy of this connection does not allow it, since ` +
        `${reasons.map(reasonForModel).join('; ')}. Do not try another way around it`,
    });
  }
}
