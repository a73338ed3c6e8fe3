import { Injectable, Logger } from '@nestjs/common';
import { ActPerformer, type ActOrder, type ActOutcome } from '../acts/act-performer.js';
import type { OutboundRequest } from '../acts/outbound-act.js';
import { ActLeases } from '../ledger/act-leases.js';
import type { StoredAct } from '../ledger/stored-act.js';
import { firstStep, stepAfterRequest, stepAfterTrace, type ActStep } from './next-step.js';

/** Within which a request has to go out; less than the lease by the time that it takes at most. */
const goesOutWithinMs = 20_000;

const outrun: ActOutcome = { status: 'unknown' };

/** Carries acts out that this process holds the lease of. */
@Injectable()
export class ActExecution {
  private readonly logger = new Logger(ActExecution.name);

  constructor(
    private readonly leases: ActLeases,
    private readonly performer: ActPerformer,
  ) {}

  /**
   * Takes an act that waits for a process and carries it out; null where there is nothing to take.
   * @param performer to be used instead of the server's own
   */
  async takeOver(tenantId: string, id: string, performer = this.performer): Promise<ActOutcome | null> {
    const claimed = await this.leases.claim(tenantId, id);
    return claimed === null ? null : this.carryOut(claimed.act, claimed.leaseId, performer);
  }

  /**
   * Carries an act out, or finds out that it was; see {@link takeOver}.
   * @throws what the database throws before the request goes out; afterwards its outcome is told, recorded or not
   */
  async carryOut(act: StoredAct, leaseId: string, performer = this.performer): Promise<ActOutcome> {
    const request = await this.leases.request(act);
    if (request === null) return act.outcome ?? outrun;
    const { tenantId, instanceId, recipients } = act;
    const order: ActOrder = { tenantId, instanceId, recipients, request };
    let step = firstStep(act);
    if (step.do === 'trace') step = stepAfterTrace(await performer.trace(order, act.intendedSecondsAgo), act);
    if (step.do === 'perform') {
      // Whose lease another process has by now leaves the act to that one.
      if (!(await this.leases.begin(act, leaseId))) return outrun;
      step = stepAfterRequest(await performer.perform(order, AbortSignal.timeout(goesOutWithinMs)), act);
    }
    return this.settle(act, leaseId, namingDraft(step, request));
  }

  private async settle(act: StoredAct, leaseId: string, step: ActStep): Promise<ActOutcome> {
    if (step.do !== 'settle') throw new TypeError(`An act is not left at "${step.do}"`);
    const { settlement } = step;
    try {
      await this.leases.settle(act, leaseId, settlement);
    } catch (cause) {
      // It is looked for when the lease has ended; the caller has its answer.
      this.logger.error({
        msg: 'What became of an outbound act could not be recorded',
        ...{ actId: act.id, instanceId: act.instanceId, state: settlement.state, cause: String(cause) },
      });
    }
    return settlement.outcome;
  }
}

/** With the draft that was sent, by which its outcome is found when the request is gone. */
function namingDraft(step: ActStep, request: OutboundRequest): ActStep {
  if (step.do !== 'settle' || request.method !== 'drafts.send') return step;
  const { settlement } = step;
  if (settlement.outcome.status !== 'done') return step;
  const outcome = { ...settlement.outcome, draftId: request.draftId };
  return { do: 'settle', settlement: { ...settlement, outcome } as typeof settlement };
}
