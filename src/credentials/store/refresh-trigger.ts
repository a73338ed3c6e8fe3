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
