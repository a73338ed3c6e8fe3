import type { RefreshTrigger } from '../store/refresh-trigger.js';

/** What is recorded of an attempt beside its outcome. */
export interface AttemptRecord {
  /** The outcome can be asked for under this id. */
  attemptId: string;
  /** The claim it was made under: the statement that records the outcome gives the lease back. */
  leaseOwner: string;
  trigger: RefreshTrigger;
  durationMs: number;
}
