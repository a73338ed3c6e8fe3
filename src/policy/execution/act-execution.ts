import { Injectable, Logger } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import { ActPerformer, type ActOrder, type ActOutcome } from '../acts/act-performer.js';
import { ActUnreadable } from '../acts/act-seal.js';
import type { OutboundAct, OutboundRequest } from '../acts/outbound-act.js';
import { OutboundRules } from '../acts/outbound-rules.js';
import { ActBytes } from '../ledger/act-bytes.js';
import { ActLeases, type ClaimedAct } from '../ledger/act-leases.js';
import { ActTexts } from '../ledger/act-texts.js';
import { laterDecision } from '../rules/later-decision.js';
import {
  firstStep,
  settledAsUnreadable,
  stepAfterRequest,
  stepAfterTrace,
  type ActStep,
} from './next-step.js';
import { beginningRefused, policyRefused } from './refused-outcome.js';

/** Within which a request has to go out; less than the lease by the time that it takes at most. */
const goesOutWithinMs = 20_000;

const outrun: ActOutcome = { status: 'unknown' };

/** Carries acts out that this process holds the lease of. */
@Injectable()
export class ActExecution {
  private readonly logger = new Logger(ActExecution.name);

  constructor(
    private readonly leases: ActLeases,
    private readonly texts: ActTexts,
    private readonly rules: OutboundRules,
    private readonly performer: ActPerformer,
    private readonly bytes: ActBytes,
  ) {}

  /**
   * Takes an act that waits for a process and carries it out, if the policy, the limits and the instance still let it go;
   * null where there is nothing to take, or no memory for what it says at this moment.
   * @param performer to be used instead of the server's own
   */
  async takeOver(tenantId: string, id: string, performer = this.performer): Promise<ActOutcome | null> {
    const sealedBytes = await this.leases.textBytes(tenantId, id);
    return this.bytes.ifRoom(tenantId, sealedBytes, () => this.takenOver(tenantId, id, performer));
  }

  private async takenOver(tenantId: string, id: string, performer: ActPerformer): Promise<ActOutcome | null> {
    const claim = await this.leases.claim(tenantId, id);
    if (claim === null) return null;
    const first = firstStep(claim.act);
    if (first.do === 'settle') return this.settle(claim, first);
    try {
      const request = await this.texts.request(claim.act);
      if (request === null) return claim.act.outcome ?? outrun;
      return await this.finish(claim, request, await this.nextStep(claim, request, performer), {
        ...{ performer, isNew: false },
      });
    } catch (thrown) {
      if (!(thrown instanceof ActUnreadable)) throw thrown;
      return this.settle(claim, settledAsUnreadable(claim.act));
    }
  }

  /**
   * Carries out an act that was put and decided on a moment ago.
   * @throws what the database throws before the request goes out; afterwards its outcome is told, recorded or not
   */
  carryOut(claim: ClaimedAct, request: OutboundRequest, performer: ActPerformer): Promise<ActOutcome> {
    return this.finish(claim, request, { do: 'perform' }, { performer, isNew: true });
  }

  /** What to do with an act of which the past is only known from its row. */
  private async nextStep(
    { act }: ClaimedAct,
    request: OutboundRequest,
    performer: ActPerformer,
  ): Promise<ActStep> {
    let step = firstStep(act);
    if (step.do === 'trace') {
      const trace = await performer.trace(orderOf(act, request), act.intendedSecondsAgo);
      step = stepAfterTrace(trace, act);
    }
    if (step.do !== 'perform') return step;
    const refusal = await this.refusalByNow(act, request);
    return refusal === null ? step : stepAfterRequest(refusal, act);
  }

  /** Why the policy does not let it go any more; null where it does. */
  private async refusalByNow(act: ClaimedAct['act'], request: OutboundRequest): Promise<ActOutcome | null> {
    const reading = await this.texts.reading(act);
    if (reading === null) {
      // Put by an older version, which kept none of what was allowed.
      if (act.verdict === 'allow') return null;
      throw new ActUnreadable();
    }
    const sender = { tenantId: act.tenantId, id: act.instanceId };
    const whole = { ...reading.act, request } as OutboundAct;
    const { decision, dryRun } = await this.rules.decideAgain(sender, whole, reading.found);
    return policyRefused(laterDecision(decision, reading.reasons), dryRun);
  }

  private async finish(
    claim: ClaimedAct,
    request: OutboundRequest,
    next: ActStep,
    { performer, isNew }: { performer: ActPerformer; isNew: boolean },
  ): Promise<ActOutcome> {
    if (next.do !== 'perform') return this.settle(claim, namingDraft(next, request));
    const begun = await this.leases.begin(claim, { isNew });
    // Whose lease another process has by now leaves the act to that one.
    if (begun === 'lost') return outrun;
    const outcome =
      begun instanceof EvergrantError
        ? beginningRefused(begun)
        : await performer.perform(orderOf(claim.act, request), AbortSignal.timeout(goesOutWithinMs));
    return this.settle(claim, namingDraft(stepAfterRequest(outcome, claim.act), request));
  }

  private async settle(claim: ClaimedAct, step: ActStep): Promise<ActOutcome> {
    if (step.do !== 'settle') throw new TypeError(`An act is not left at "${step.do}"`);
    const { settlement } = step;
    try {
      await this.leases.settle(claim, settlement);
    } catch (cause) {
      const { id: actId, instanceId } = claim.act;
      // It is looked for when the lease has ended; the caller has its answer.
      this.logger.error({
        msg: 'What became of an outbound act could not be recorded',
        ...{ actId, instanceId, state: settlement.state, cause: String(cause) },
      });
    }
    return settlement.outcome;
  }
}

function orderOf(act: ClaimedAct['act'], request: OutboundRequest): ActOrder {
  const { tenantId, instanceId, kind, recipients } = act;
  return { tenantId, instanceId, kind, recipients, request };
}

/** With the draft that was sent, by which its outcome is found when the request is gone. */
function namingDraft(step: ActStep, request: OutboundRequest): ActStep {
  if (step.do !== 'settle' || request.method !== 'drafts.send') return step;
  const { settlement } = step;
  if (settlement.outcome.status !== 'done') return step;
  const outcome = { ...settlement.outcome, draftId: request.draftId };
  return { do: 'settle', settlement: { ...settlement, outcome } as typeof settlement };
}
