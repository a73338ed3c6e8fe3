import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { defer, from, map, share, Subject, takeUntil, type Observable } from 'rxjs';
import type { Change } from './change.js';
import { ChangeLog } from './change-log.js';
import type { ChangePosition } from './change-position.js';
import { SettlingTenants } from './settling-tenants.js';

const pollMs = 250;
const batchSize = 1_000;

interface Reading {
  committed: readonly Change[];
  settled: ReadonlySet<string>;
}

const nothing: Reading = { committed: [], settled: new Set() };

/**
 * What changes for tenants, by any process, read four times a second while there is a subscriber. A change is told when it
 * commits, whatever other transactions run, and its tenant again when the change has settled, that is, when no older
 * transaction runs which may still write an earlier one (decision 18).
 */
@Injectable()
export class ChangeFeed implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(ChangeFeed.name);
  private readonly closing = new Subject<void>();
  private readonly settling = new SettlingTenants();
  /** The snapshot whose changes have all been told. */
  private told = '';
  /**
   * Each change as soon as it has committed, in no order, perhaps more than once: for dropping what memory holds. A
   * batch at a time, empty ones included. Ends at a shutdown.
   */
  readonly committed: Observable<readonly Change[]>;
  /**
   * The tenants that have newly settled changes, which {@link ChangeLog.since} reads in order. Empty sets included; a
   * subscriber may have missed some before the first one, and misses none after it. Ends at a shutdown.
   */
  readonly settled: Observable<ReadonlySet<string>>;

  constructor(private readonly log: ChangeLog) {
    const readings = defer(() => from(this.follow())).pipe(takeUntil(this.closing), share());
    this.committed = readings.pipe(map(({ committed }) => committed));
    this.settled = readings.pipe(map(({ settled }) => settled));
  }

  /** Before anything is remembered, so that nothing can be which a change has overtaken before the first reading. */
  async onModuleInit(): Promise<void> {
    const xmin = xminOf(await this.log.snapshot());
    // Also what is committed and not settled, so that its settling is told.
    this.told = `${xmin}:${xmin}:`;
  }

  beforeApplicationShutdown(): void {
    this.closing.next();
  }

  private async *follow(): AsyncGenerator<Reading> {
    let failing = false;
    for (;;) {
      try {
        yield* this.untold();
        failing = false;
      } catch (cause) {
        // Logged once for an outage: what needs the database logs the rest.
        if (!failing)
          this.logger.warn({ msg: 'The feed of changes could not be read', cause: String(cause) });
        failing = true;
        yield nothing;
      }
      await pause(pollMs, undefined, { ref: false });
    }
  }

  private async *untold(): AsyncGenerator<Reading> {
    const upTo = await this.log.snapshot();
    // No transaction has begun or ended: nothing can have become visible, nor settled.
    if (upTo === this.told) {
      yield nothing;
      return;
    }
    let last: ChangePosition | null = null;
    for (;;) {
      const span = { after: this.told, upTo };
      const committed: Change[] = await this.log.between(span, last, batchSize);
      this.settling.add(committed);
      last = committed.at(-1)?.position ?? null;
      const isAll = committed.length < batchSize;
      if (isAll) this.told = upTo;
      yield { committed, settled: isAll ? this.settling.settle(xminOf(upTo)) : nothing.settled };
      if (isAll) return;
    }
  }
}

function xminOf(snapshot: string): bigint {
  return BigInt(snapshot.slice(0, snapshot.indexOf(':')));
}
