import { Injectable } from '@nestjs/common';
import { Counter, Histogram } from 'prom-client';
import { MetricsRegistry } from '../../metrics/index.js';
import { type GmailMethod, gmailMethods } from './unit-costs.js';

const countings = ['shared', 'alone'] as const;
const limits = ['rateLimited', 'dailyLimit'] as const;

/** What is spent of Gmail's quota, and what has to wait for it. */
@Injectable()
export class QuotaMetrics {
  private readonly units: Counter<'method'>;
  private readonly waits: Histogram;
  private readonly refusals: Counter;
  private readonly slices: Counter<'counting'>;
  private readonly limited: Counter<'limit'>;

  constructor(registry: MetricsRegistry) {
    const registers = [registry];
    this.units = new Counter({
      name: 'evergrant_gmail_quota_units_total',
      help: 'Quota units spent, by method of the Gmail API',
      labelNames: ['method'],
      registers,
    });
    this.waits = new Histogram({
      name: 'evergrant_gmail_quota_wait_seconds',
      help: 'How long requests to Gmail waited for quota units of their mailbox, of those that did wait',
      buckets: [0.01, 0.1, 0.5, 1, 2.5, 5, 10, 20],
      registers,
    });
    this.refusals = new Counter({
      name: 'evergrant_gmail_quota_refusals_total',
      help: 'Requests to Gmail that were not made, as their mailbox had no quota units left in time',
      registers,
    });
    this.slices = new Counter({
      name: 'evergrant_gmail_quota_slices_total',
      help: 'Slices of quota units that were asked for: shared with all processes, or counted by this one alone',
      labelNames: ['counting'],
      registers,
    });
    this.limited = new Counter({
      name: 'evergrant_gmail_rate_limits_total',
      help: "Answers of Gmail's that name a limit: rateLimited, which are waited out, or dailyLimit",
      labelNames: ['limit'],
      registers,
    });
    for (const method of gmailMethods) this.units.inc({ method }, 0);
    for (const counting of countings) this.slices.inc({ counting }, 0);
    for (const limit of limits) this.limited.inc({ limit }, 0);
  }

  spent(method: GmailMethod, units: number): void {
    this.units.inc({ method }, units);
  }

  waited(ms: number): void {
    this.waits.observe(ms / 1000);
  }

  refused(): void {
    this.refusals.inc();
  }

  asked(counting: (typeof countings)[number]): void {
    this.slices.inc({ counting });
  }

  /** Counts an answer of Gmail's, if it names a limit. */
  answered(fault: string): void {
    const limit = limits.find((each) => each === fault);
    if (limit !== undefined) this.limited.inc({ limit });
  }
}
