import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import type { Mailbox } from '../../gmail/index.js';
import {
  ActExecution,
  contentDigest,
  OutboundActs,
  reasonForModel,
  recipientsOf,
  type ActPerformer,
  type OutboundAct,
  type OutboundRuling,
  type PolicyReason,
  type StoredAct,
} from '../../policy/index.js';
import { McpOptions } from '../mcp-options.js';
import { actorOfHolder } from '../token-holder.js';
import { actKey } from './act-key.js';
import { ActRulings, type ActCaller } from './act-rulings.js';
import { outboundAct } from './asked-act.js';
import { EarlierActs } from './earlier-acts.js';
import type { ActGate, AskedAct, AskedTerms, GateAnswer } from './gate-answer.js';
import { toldOutcome } from './told-outcome.js';

/** One call, and the mailbox that it is about. */
export interface GatedCall extends ActCaller {
  readonly mailbox: Mailbox;
  /** Carries acts out with the tokens of the call. */
  readonly performer: ActPerformer;
  readonly signal: AbortSignal;
}

/** The one way out of the mailboxes. */
@Injectable()
export class OutboundGate {
  constructor(
    private readonly acts: OutboundActs,
    private readonly execution: ActExecution,
    private readonly earlier: EarlierActs,
    private readonly rulings: ActRulings,
    private readonly options: McpOptions,
  ) {}

  /** The gate for one call. */
  of(caller: GatedCall): ActGate {
    return {
      perform: async (asked: AskedAct, { idempotencyKey, dryRun = false }: AskedTerms = {}) => {
        const act = await outboundAct(asked);
        const call = 'added' in asked ? { ...caller, added: asked.added } : caller;
        const key = actKey(idempotencyKey, contentDigest(act));
        if (dryRun)
          return this.tried(
            act,
            await this.rulings.ruling(act, call, call.mailbox, { isDryRun: true }),
            call,
          );
        return (await this.earlierAnswer(act, key, call)) ?? this.put(act, key, call);
      },
      ofSentDraft: async (draftId) => {
        const { id, tenantId } = caller.instance;
        const found = await this.acts.findByDraft({ id, tenantId }, draftId);
        return found === null ? null : this.toldEarlier(found, caller);
      },
    };
  }

  private async put(act: OutboundAct, key: string, call: GatedCall): Promise<GateAnswer> {
    const ruling = await this.rulings.ruling(act, call, call.mailbox, { isDryRun: false });
    const { decision, found, dryRun, approvalLifeSeconds } = ruling;
    if (dryRun) return this.tried(act, ruling, call);
    if (decision.verdict === 'deny') throw await this.rulings.denial(act, ruling, call);
    const { instance, holder, client = null, source } = call;
    const actor = actorOfHolder(holder, instance.tenantId);
    const put = await this.acts.put({
      sender: { id: instance.id, tenantId: instance.tenantId },
      ...{ act, key, found, approvalLifeSeconds, actor, client, source: source() },
      reasons: decision.verdict === 'ask' ? decision.reasons : [],
    });
    // Another call under the same key was first, meanwhile.
    if (!put.isNew) return (await this.earlierAnswer(act, key, call)) ?? this.put(act, key, call);
    if (put.leaseId === null) return this.held(put.act, decision.verdict === 'ask' ? decision.reasons : []);
    const claim = { act: put.act, leaseId: put.leaseId };
    const outcome = await this.execution.carryOut(claim, act.request, call.performer);
    return toldOutcome(outcome, { recipients: put.act.recipients, earlier: false });
  }

  /** What is held is not counted before it is approved, and what is denied is not at all. */
  private async tried(
    act: OutboundAct,
    { decision }: OutboundRuling,
    { instance }: GatedCall,
  ): Promise<GateAnswer> {
    const recipients = recipientsOf(act).length;
    const tried = { status: 'dry_run', recipients } as const;
    if (decision.verdict !== 'allow')
      return { ...tried, decision: decision.verdict, reasons: decision.reasons.map(reasonForModel) };
    const limit = await this.acts.limitMet({ id: instance.id, tenantId: instance.tenantId }, recipients);
    return limit === null
      ? { ...tried, decision: 'allow', reasons: [] }
      : { ...tried, decision: 'deny', reasons: [limit] };
  }

  /** Null where the act provably was not sent, or its time to be decided on has passed: then it may be put anew. */
  private async earlierAnswer(act: OutboundAct, key: string, call: GatedCall): Promise<GateAnswer | null> {
    const { id, tenantId } = call.instance;
    const found = await this.acts.findByKey({ id, tenantId }, key);
    if (found === null) return null;
    if (found.contentDigest !== contentDigest(act)) throw otherContent();
    if (found.state === 'done' && (await this.isUndone(act, key, call))) {
      await this.acts.freeKey(found);
      return null;
    }
    return this.toldEarlier(found, call);
  }

  /** Whether a setting is not as it was set any more. Under a given key it is set once, whatever became of it since. */
  private async isUndone(
    act: OutboundAct,
    key: string,
    { instance, performer }: GatedCall,
  ): Promise<boolean> {
    const { request } = act;
    if (request.method !== 'settings' || key !== actKey(undefined, contentDigest(act))) return false;
    const { id: instanceId, tenantId } = instance;
    const order = { tenantId, instanceId, kind: act.kind, recipients: recipientsOf(act).length, request };
    return (await performer.trace(order, 0)).status === 'absent';
  }

  private async toldEarlier(found: StoredAct, call: GatedCall): Promise<GateAnswer | null> {
    const settled = await this.earlier.settled(found, call.performer, call.signal);
    if (settled === null) return null;
    switch (settled.state) {
      case 'not_sent':
      case 'expired':
        return null;
      case 'held':
        return this.held(settled, await this.acts.reasons(settled));
      case 'rejected':
        throw rejected();
      case 'approved':
      case 'intended':
        throw approvedAndWaiting(settled);
      case 'done':
      case 'unknown':
        return toldOutcome(settled.outcome ?? { status: 'unknown' }, {
          recipients: settled.recipients,
          earlier: true,
        });
    }
  }

  private held(act: StoredAct, reasons: readonly PolicyReason[]): GateAnswer {
    return {
      status: 'held',
      approvalId: act.id,
      approvalUrl: `${this.options.publicUrl}/approvals/${act.id}`,
      reasons: reasons.map(reasonForModel),
      expiresAt: act.expiresAt.toISOString(),
      recipients: act.recipients,
    };
  }
}

function otherContent(): EvergrantError {
  return new EvergrantError('CONFLICT', {
    field: 'idempotencyKey',
    reason: 'other_content',
    message:
      'Nothing was sent: this idempotencyKey was given for another message. Give each message a key of its own',
  });
}

function rejected(): EvergrantError {
  return new EvergrantError('FORBIDDEN', {
    reason: 'approval_rejected',
    message: 'Nothing was sent: a person has rejected this. Do not try again',
  });
}

function approvedAndWaiting({ outcome }: StoredAct): EvergrantError {
  const reason = outcome?.status === 'not_sent' ? outcome.reason : null;
  return new EvergrantError('SERVICE_UNAVAILABLE', {
    reason: reason ?? 'approved_and_waiting',
    retryAfterSeconds: 60,
    message:
      'A person has approved it, and it could not be sent yet. The server goes on trying by itself: call again later, ' +
      'with the same arguments, to learn what became of it',
  });
}
