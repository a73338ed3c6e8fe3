import type { Verdict } from '../../credentials/index.js';
import { errorTable, type ErrorCode } from '../../errors/index.js';

/** Why a person has to sign in. */
export const reauthReasons = [
  'not_connected',
  'refusal_unconfirmed',
  'grant_ended',
  'client_rejected',
  'scope_missing',
] as const;
export type ReauthReason = (typeof reauthReasons)[number];

/** The codes that ask for a person: the compiler holds this to the error table. */
export type ReauthCode = {
  [Code in ErrorCode]: (typeof errorTable)[Code]['requiresReauth'] extends true ? Code : never;
}[ErrorCode];

/** What each of these codes asks a person for. */
export const reasonByCode = {
  OAUTH_FLOW_REQUIRED: 'not_connected',
  INVALID_REFRESH_TOKEN: 'grant_ended',
  INVALID_CLIENT: 'client_rejected',
  INSUFFICIENT_SCOPE: 'scope_missing',
} as const satisfies Record<ReauthCode, ReauthReason>;

export function isReauthCode(code: ErrorCode): code is ReauthCode {
  return errorTable[code].requiresReauth;
}

/** @returns null where no person has to sign in */
export function reauthReasonOf(errorCode: ErrorCode | null, verdict: Verdict | null): ReauthReason | null {
  if (errorCode === null || !isReauthCode(errorCode)) return null;
  const isUnconfirmed = errorCode === 'INVALID_REFRESH_TOKEN' && verdict === 'suspect';
  return isUnconfirmed ? 'refusal_unconfirmed' : reasonByCode[errorCode];
}
