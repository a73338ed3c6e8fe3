/** Why a refresh is made. */
export type RefreshTrigger = 'expiry' | 'background' | 'rejected_token' | 'forced';

/** One presentation of a refresh token, as the history tells it. */
export interface RefreshAttempt {
  id: string;
  trigger: RefreshTrigger;
  durationMs: number;
}
