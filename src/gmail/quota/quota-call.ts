import type { Deadline } from '../../resilience/index.js';
import type { GmailMethod } from './unit-costs.js';

/** One call of a caller, whose requests share its time and its turns. */
export class QuotaCall {
  /** Units of all its requests so far. */
  spentUnits = 0;
  /** Methods whose next request is paid for already. */
  readonly prepaid = new Set<GmailMethod>();

  constructor(
    /** Whose quota it spends; null where nothing is counted. */
    readonly account: string | null,
    /** How long it may wait for Gmail, over all its requests. */
    readonly waits: Deadline,
  ) {}
}
