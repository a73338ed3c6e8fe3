import { Injectable, Logger } from '@nestjs/common';
import type { RateLimitSlices, SliceGrant, SliceRequest } from '../../database/index.js';
import { Clock, withDeadline } from '../../resilience/index.js';
import { QuotaMetrics } from './quota-metrics.js';
import { sharedUnitsSubject } from './shared-units-subject.js';

/** Where the units of a mailbox are counted for all processes. */
export type SharedUnits = Pick<RateLimitSlices, 'take'>;

/** A request to Gmail never waits longer than this for our own counting. */
const longestAskMs = 1_000;
const againAfterMs = 5_000;

/** Takes units where all processes count them, as long as the database answers. */
@Injectable()
export class UnitSource {
  private readonly logger = new Logger(UnitSource.name);
  private awayUntilMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly shared: SharedUnits | null,
    private readonly clock: Clock,
    private readonly metrics: QuotaMetrics,
  ) {}

  /** Null where nothing is counted for all: then this process counts alone. Never rejects. */
  async take(account: string, request: SliceRequest): Promise<SliceGrant | null> {
    const grant = await this.ask(account, request);
    this.metrics.asked(grant === null ? 'alone' : 'shared');
    return grant;
  }

  private async ask(account: string, request: SliceRequest): Promise<SliceGrant | null> {
    const { shared } = this;
    if (shared === null || this.clock.monotonicMs() < this.awayUntilMs) return null;
    try {
      return await inTime(shared.take(sharedUnitsSubject.of(account), request));
    } catch (cause) {
      this.awayUntilMs = this.clock.monotonicMs() + againAfterMs;
      this.logger.warn({ msg: 'Quota units are counted by this process alone', cause: String(cause) });
      return null;
    }
  }
}

function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return withDeadline(longestAskMs, undefined, (deadline) => {
    const late = new Promise<never>((_resolve, reject) =>
      deadline.addEventListener('abort', () => reject(deadline.reason as Error), { once: true }),
    );
    return Promise.race([work, late]);
  });
}
