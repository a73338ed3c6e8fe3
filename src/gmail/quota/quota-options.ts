import type { UnitCosts } from './unit-costs.js';

/** The quota of a mailbox at Gmail, and what requests cost of it. */
export class QuotaOptions {
  constructor(
    /** Of one mailbox; 0 for no limit of ours. */
    readonly unitsPerMinute: number,
    readonly costs: UnitCosts,
  ) {}
}
