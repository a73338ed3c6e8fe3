import type { ErrorCode } from '../../errors/index.js';
import { isReauthCode, type ReauthCode, type ReauthReason } from './reauth-reason.js';

/**
 * How an instance is, in a word:
 * - `not_connected`: no consent was given.
 * - `needs_sign_in`: it was connected, and only a person can go on.
 * - `held`: its grant was called dead, with so many others that this is doubted; nothing follows from it for now.
 * - `blocked`: Google refuses for a reason that the operator or an administrator has to remove.
 * - `degraded`: its last refresh got no answer that counts; it is repeated without a person.
 * - `refreshing`, `connected`: nothing is wrong; a refresh is under way, or not.
 */
export const instanceStates = [
  'not_connected',
  'connected',
  'refreshing',
  'degraded',
  'held',
  'needs_sign_in',
  'blocked',
] as const;
export type InstanceState = (typeof instanceStates)[number];

/** What an error means that asks for no person: an outage passes by itself, a refusal does not. */
export const troubleByCode = {
  ADMIN_BLOCKED: 'blocked',
  DEPLOYMENT_CLIENT_REJECTED: 'blocked',
  INVALID_REQUEST: 'blocked',
  NETWORK_ERROR: 'degraded',
  SERVICE_UNAVAILABLE: 'degraded',
  UNKNOWN_ERROR: 'degraded',
  RATE_LIMITED: 'degraded',
  // Our own answers to callers, which no refresh meets.
  UNAUTHENTICATED: 'degraded',
  FORBIDDEN: 'degraded',
  NOT_FOUND: 'degraded',
  METHOD_NOT_ALLOWED: 'degraded',
  VALIDATION_FAILED: 'degraded',
  CONFLICT: 'degraded',
  ACCOUNT_MISMATCH: 'degraded',
  PAYLOAD_TOO_LARGE: 'degraded',
  UNSUPPORTED_MEDIA_TYPE: 'degraded',
} as const satisfies Record<Exclude<ErrorCode, ReauthCode>, 'blocked' | 'degraded'>;

/** What the state follows from. */
export interface StateFacts {
  reauthReason: ReauthReason | null;
  held: boolean | null;
  errorCode: ErrorCode | null;
  /** Some process has the right to refresh its grant at present. */
  leased: boolean;
}

/** Trouble comes before a refresh under way: what is tried again and again is not well in between. */
export function instanceState({ reauthReason, held, errorCode, leased }: StateFacts): InstanceState {
  if (reauthReason !== null) return reauthReason === 'not_connected' ? 'not_connected' : 'needs_sign_in';
  if (held) return 'held';
  if (errorCode !== null && !isReauthCode(errorCode)) return troubleByCode[errorCode];
  return leased ? 'refreshing' : 'connected';
}

/** In these it serves on while its access token lives, though it gets no other. */
export function servesOn(state: InstanceState): boolean {
  return state === 'degraded' || state === 'held' || state === 'blocked';
}
