export const refreshTriggers = [
  'expiry',
  'background',
  'rejected_token',
  'forced',
  'schedule',
  'probe',
] as const;

/** Why a refresh is made. */
export type RefreshTrigger = (typeof refreshTriggers)[number];

/** One presentation of a refresh token, as the history tells it. */
export interface RefreshAttempt {
  /** The claim it was made under. */
  lease: { owner: string; attemptId: string; resumed: boolean; givenBack: () => void };
  trigger: RefreshTrigger;
  durationMs: number;
}
