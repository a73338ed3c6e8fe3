import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { ChangeLog } from '../../database/index.js';
import { Recurrence } from '../../resilience/index.js';
import { HistoryPruning } from '../grants/history-pruning.js';
import { RefreshSweep } from './refresh-sweep.js';
import { RevocationQueue } from '../grants/revocation-queue.js';
import { SuspectProbe } from './suspect-probe.js';

const sweepEveryMs = 1_000;
const probeEveryMs = 2_000;
const revokeEveryMs = 1_000;
const pruneEveryMs = 60_000;
const pruneHistoryEveryMs = 10_000;

/** What the `refresher` role does by itself, without a request. */
@Injectable()
export class BackgroundWork implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly recurrences: Recurrence[];
  private stopped: Promise<unknown> | undefined;

  constructor(
    private readonly sweep: RefreshSweep,
    suspects: SuspectProbe,
    revocations: RevocationQueue,
    changes: ChangeLog,
    history: HistoryPruning,
  ) {
    this.recurrences = [
      new Recurrence(sweepEveryMs, () => sweep.sweep()),
      new Recurrence(probeEveryMs, () => suspects.probe()),
      new Recurrence(revokeEveryMs, () => revocations.work()),
      new Recurrence(pruneEveryMs, () => changes.prune()),
      new Recurrence(pruneHistoryEveryMs, () => history.prune()),
    ];
  }

  onApplicationBootstrap(): void {
    for (const recurrence of this.recurrences) recurrence.start();
  }

  onModuleDestroy(): void {
    this.sweep.stop();
    this.stopped = Promise.all(this.recurrences.map((recurrence) => recurrence.stop()));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopped;
  }
}
