import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock, Deadline } from '../../resilience/index.js';
import { MailboxBudget } from './mailbox-budget.js';
import { QuotaCall } from './quota-call.js';
import { QuotaMetrics } from './quota-metrics.js';
import { QuotaOptions } from './quota-options.js';
import { QuotaRefused } from './quota-refused.js';
import type { GmailMethod, UnitCosts } from './unit-costs.js';
import { UnitSource } from './unit-source.js';

const mailboxesInMemory = 20_000;

/** What is left of a mailbox's quota, as far as this process knows. */
export interface QuotaLeft {
  unitsLeft: number;
  unitsPerMinute: number;
  /** When all of them are there again, if no more are spent. */
  resetsAt: string;
}

/** Holds what is asked of each mailbox to the quota that Gmail has for one, over all processes. */
@Injectable()
export class GmailQuota {
  private readonly budgets = new LRUCache<string, MailboxBudget>({ max: mailboxesInMemory });

  constructor(
    private readonly options: QuotaOptions,
    private readonly source: UnitSource,
    private readonly clock: Clock,
    private readonly metrics: QuotaMetrics,
  ) {}

  get costs(): UnitCosts {
    return this.options.costs;
  }

  newCall(account: string | null, waitsMs: number): QuotaCall {
    return new QuotaCall(account, new Deadline(this.clock, waitsMs));
  }

  /**
   * Spends the units of one request, once there are some. Null: it may go out at once.
   * @throws QuotaRefused when there are none in the call's time; the signal's reason when that aborts meanwhile
   */
  admit(call: QuotaCall, method: GmailMethod, signal?: AbortSignal): Promise<void> | null {
    const units = this.options.costs[method];
    const budget = call.account === null ? null : this.budgetOf(call.account);
    if (budget === null || units === 0 || budget.spendsAtOnce(call, units)) {
      this.metrics.spent(method, units);
      return null;
    }
    return this.wait(budget, { call, method, units }, signal);
  }

  /** Null where nothing is known, or nothing counted. */
  left(call: QuotaCall): QuotaLeft | null {
    const left = call.account === null ? null : (this.budgets.get(call.account)?.left() ?? null);
    if (left === null) return null;
    return {
      unitsLeft: left.units,
      unitsPerMinute: this.options.unitsPerMinute,
      resetsAt: new Date(Math.ceil((Date.now() + left.fullInMs) / 1000) * 1000).toISOString(),
    };
  }

  private async wait(
    budget: MailboxBudget,
    { call, method, units }: { call: QuotaCall; method: GmailMethod; units: number },
    signal?: AbortSignal,
  ): Promise<void> {
    const sinceMs = this.clock.monotonicMs();
    try {
      await budget.admit(call, units, signal);
      this.metrics.spent(method, units);
    } catch (failure) {
      if (failure instanceof QuotaRefused) this.metrics.refused();
      throw failure;
    } finally {
      this.metrics.waited(this.clock.monotonicMs() - sinceMs);
    }
  }

  private budgetOf(account: string): MailboxBudget | null {
    const { unitsPerMinute } = this.options;
    if (unitsPerMinute === 0) return null;
    const known = this.budgets.get(account);
    if (known !== undefined) return known;
    const budget = new MailboxBudget(account, unitsPerMinute, this.source, this.clock);
    this.budgets.set(account, budget);
    return budget;
  }
}
