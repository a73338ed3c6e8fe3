import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MailboxChanges } from '../../instances/index.js';
import { Recurrence } from '../../resilience/index.js';
import { WatchLeases } from '../watches/watch-leases.js';
import { WatchTurns } from './watch-turns.js';

const everyMs = 1_000;
const pruneEveryMs = 60_000;
const atOnce = 20;

/**
 * What a process of the role `api` does by itself for watched mailboxes. Turns that are under way take places, and only
 * those: each time as many more are claimed as there are places, so that a slow mailbox holds up none but itself.
 */
@Injectable()
export class WatchWork implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(WatchWork.name);
  private readonly recurrences: readonly Recurrence[];
  private readonly underWay = new Set<Promise<void>>();
  private readonly shutdown = new AbortController();

  constructor(
    private readonly leases: WatchLeases,
    private readonly turns: WatchTurns,
    private readonly changes: MailboxChanges,
    private readonly dataSource: DataSource,
  ) {
    this.recurrences = [
      new Recurrence(everyMs, () => this.sweep()),
      new Recurrence(pruneEveryMs, () => this.prune()),
    ];
  }

  onApplicationBootstrap(): void {
    for (const recurrence of this.recurrences) recurrence.start();
  }

  onModuleDestroy(): void {
    this.shutdown.abort();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.recurrences.map((recurrence) => recurrence.stop()));
    await Promise.all(this.underWay);
  }

  /** Begins the turns that are due; they may still run when this resolves. Never rejects. */
  async sweep(): Promise<void> {
    const places = atOnce - this.underWay.size;
    if (places === 0 || this.shutdown.signal.aborted) return;
    try {
      for (const watch of await this.leases.claim(places)) {
        const turn = this.turns.take(watch, this.shutdown.signal).finally(() => this.underWay.delete(turn));
        this.underWay.add(turn);
      }
    } catch (cause) {
      this.logger.warn({ msg: 'Watched mailboxes could not be looked through', cause: String(cause) });
    }
  }

  private async prune(): Promise<void> {
    try {
      await this.changes.prune(this.dataSource);
    } catch (cause) {
      this.logger.warn({ msg: 'Old changes of mailboxes could not be deleted', cause: String(cause) });
    }
  }
}
