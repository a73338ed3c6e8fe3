import type { Rejected, Unavailable } from '../../oauth/index.js';
import type { ConnectOutcome } from '../connection/instance-connector.js';
import type { AuthorizationRefusal } from './authorization-response.js';

export type ConsentErrorCode =
  'access_denied' | 'state_expired' | 'account_mismatch' | 'scope_missing' | 'provider_unavailable';

/** The result of a consent, as the frontend reads it from the URL. */
export type ConsentResult = { connected: string } | { error: ConsentErrorCode };

/** How far a consent came, and what was found there. */
export type ConsentCourse =
  /** No flow waits for this browser: the ticket or state is unknown, used, expired or another browser's. */
  | { reached: 'flow' }
  /** The provider sent the browser back without a code. */
  | { reached: 'authorization'; refusal: AuthorizationRefusal }
  /** The deployment no longer has the OAuth client, or the instance is gone. */
  | { reached: 'client' }
  | { reached: 'exchange'; failure: Rejected | Unavailable }
  | { reached: 'scopes'; missing: readonly string[] }
  /** The provider did not tell whose account it is. */
  | { reached: 'account'; failure: Unavailable }
  | { reached: 'connection'; outcome: ConnectOutcome; instanceId: string; consentForced: boolean };

type Connection = Extract<ConsentCourse, { reached: 'connection' }>;

/** What a consent ends in; `ask_again` sends the browser to the provider's consent page once more. */
export function consentEnding(course: Exclude<ConsentCourse, Connection>): ConsentResult;
export function consentEnding(course: ConsentCourse): ConsentResult | 'ask_again';
export function consentEnding(course: ConsentCourse): ConsentResult | 'ask_again' {
  switch (course.reached) {
    case 'flow':
      return { error: 'state_expired' };
    case 'authorization':
      return { error: refused(course.refusal) };
    case 'client':
    case 'account':
      return { error: 'provider_unavailable' };
    case 'exchange':
      return { error: notExchanged(course.failure) };
    case 'scopes':
      return { error: 'scope_missing' };
    case 'connection':
      return connectionEnding(course);
  }
}

/** Errors of an authorization response (RFC 6749 section 4.1.2.1, and Google's own); any other is an outage. */
const authorizationErrors: ReadonlyMap<string, ConsentErrorCode> = new Map([
  ['access_denied', 'access_denied'],
  ['admin_policy_enforced', 'access_denied'],
  ['org_internal', 'access_denied'],
  ['invalid_scope', 'scope_missing'],
]);

function refused(refusal: AuthorizationRefusal): ConsentErrorCode {
  if (refusal.status !== 'error') return 'state_expired';
  return authorizationErrors.get(refusal.error) ?? 'provider_unavailable';
}

const exchangeErrors = {
  INVALID_REFRESH_TOKEN: 'provider_unavailable',
  INVALID_CLIENT: 'provider_unavailable',
  INVALID_REQUEST: 'provider_unavailable',
  INSUFFICIENT_SCOPE: 'provider_unavailable',
  ADMIN_BLOCKED: 'provider_unavailable',
  NETWORK_ERROR: 'provider_unavailable',
  SERVICE_UNAVAILABLE: 'provider_unavailable',
  UNKNOWN_ERROR: 'provider_unavailable',
} as const satisfies Record<(Rejected | Unavailable)['errorCode'], ConsentErrorCode>;

function notExchanged({ errorCode, reason }: Rejected | Unavailable): ConsentErrorCode {
  // Of a code, invalid_grant only says that it is too old or was used: the person may simply try again.
  return reason === 'invalid_grant' ? 'state_expired' : exchangeErrors[errorCode];
}

const connectionErrors = {
  account_mismatch: 'account_mismatch',
  instance_deleted: 'state_expired',
  refresh_token_missing: 'provider_unavailable',
} as const satisfies Record<Exclude<ConnectOutcome, 'connected'>, ConsentErrorCode>;

function connectionEnding(course: Connection): ConsentResult | 'ask_again' {
  const { outcome, instanceId, consentForced } = course;
  if (outcome === 'connected') return { connected: instanceId };
  // Google hands out a refresh token on first consent only; asked explicitly, it does so again.
  if (outcome === 'refresh_token_missing' && !consentForced) return 'ask_again';
  return { error: connectionErrors[outcome] };
}
