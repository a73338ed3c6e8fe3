import type { RefreshTrigger } from '../store/refresh-trigger.js';

/** One presentation of a refresh token, as the history tells it. */
export interface RefreshAttempt {
  /** The claim it was made under. */
  lease: { owner: string; attemptId: string; resumed: boolean; givenBack: () => void };
  trigger: RefreshTrigger;
  durationMs: number;
}
