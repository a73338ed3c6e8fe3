import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Subscription } from 'rxjs';
import { Recurrence } from '../../resilience/index.js';
import { ActDecisions } from '../ledger/act-decisions.js';
import { ActLeases } from '../ledger/act-leases.js';
import { ActPruning } from '../ledger/act-pruning.js';
import { ActExecution } from './act-execution.js';

const everyMs = 1_000;
const pruneEveryMs = 60_000;
const atOnce = 10;

/** What a process of the role `api` does by itself: it carries out what was approved, or left by another process. */
@Injectable()
export class ActWork implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(ActWork.name);
  private readonly recurrences: readonly Recurrence[];
  private readonly underWay = new Set<Promise<void>>();
  private approvals: Subscription | undefined;

  constructor(
    private readonly leases: ActLeases,
    private readonly decisions: ActDecisions,
    private readonly execution: ActExecution,
    pruning: ActPruning,
  ) {
    this.recurrences = [
      new Recurrence(everyMs, () => this.sweep()),
      new Recurrence(pruneEveryMs, () => pruning.prune()),
    ];
  }

  onApplicationBootstrap(): void {
    for (const recurrence of this.recurrences) recurrence.start();
    this.approvals = this.decisions.approved.subscribe(({ tenantId, id }) => {
      const work = this.takeOver(tenantId, id).finally(() => this.underWay.delete(work));
      this.underWay.add(work);
    });
  }

  onModuleDestroy(): void {
    this.approvals?.unsubscribe();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.recurrences.map((recurrence) => recurrence.stop()), ...this.underWay]);
  }

  /** Carries out what waits for a process, and ends what no one has decided on in time. Never rejects. */
  async sweep(): Promise<void> {
    try {
      await this.decisions.expire(atOnce);
      const due = await this.leases.due(atOnce);
      await Promise.all(due.map(({ tenantId, id }) => this.takeOver(tenantId, id)));
    } catch (cause) {
      this.logger.warn({ msg: 'Outbound acts could not be looked through', cause: String(cause) });
    }
  }

  private async takeOver(tenantId: string, id: string): Promise<void> {
    try {
      const outcome = await this.execution.takeOver(tenantId, id);
      if (outcome === null) return;
      this.logger.log({ msg: 'Outbound act carried out or looked for', actId: id, outcome: outcome.status });
    } catch (cause) {
      this.logger.warn({ msg: 'An outbound act could not be carried out', actId: id, cause: String(cause) });
    }
  }
}
