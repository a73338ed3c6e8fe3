import type { RefreshLease } from './refresh-lease.js';

/** Why a refresh is made. */
export type RefreshTrigger = 'expiry' | 'background' | 'rejected_token' | 'forced' | 'schedule' | 'probe';

/** One presentation of a refresh token, as the history tells it. */
export interface RefreshAttempt {
  lease: Pick<RefreshLease, 'owner' | 'attemptId' | 'resumed'>;
  trigger: RefreshTrigger;
  durationMs: number;
}
