import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { EvergrantError } from '../../errors/index.js';
import { ActExecution, OutboundActs, type ActPerformer, type StoredAct } from '../../policy/index.js';

const longestWaitMs = 25_000;
const everyMs = 300;

/** Acts that were put by an earlier call, or by another process at this moment. */
@Injectable()
export class EarlierActs {
  constructor(
    private readonly acts: OutboundActs,
    private readonly execution: ActExecution,
  ) {}

  /**
   * The act as it stands when no process is at it: one that is at it is waited for, what waits for a process is carried
   * out. Null where it is gone.
   * @throws EvergrantError `SERVICE_UNAVAILABLE` with the reason `act_under_way` when that takes too long
   */
  async settled(found: StoredAct, performer: ActPerformer, signal: AbortSignal): Promise<StoredAct | null> {
    let act: StoredAct | null = found;
    for (let waitedMs = 0; waitedMs < longestWaitMs; waitedMs += everyMs) {
      if (act === null || !isUnderWay(act)) return act;
      // Null where another process was first: then it is waited for.
      if (!act.leased && (await this.execution.takeOver(act.tenantId, act.id, performer)) !== null)
        return this.acts.find(act.tenantId, act.id);
      await pause(everyMs, undefined, { signal });
      act = await this.acts.find(act.tenantId, act.id);
    }
    throw new EvergrantError('SERVICE_UNAVAILABLE', {
      reason: 'act_under_way',
      retryAfterSeconds: 10,
      message:
        'The same is being done for an earlier call: call again with the same arguments to learn its outcome',
    });
  }
}

/** What is unknown is looked for again. */
function isUnderWay({ state }: StoredAct): boolean {
  return state === 'intended' || state === 'approved' || state === 'unknown';
}
