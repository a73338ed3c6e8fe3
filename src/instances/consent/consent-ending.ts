import { sessionControlReasons, type Rejected, type Unavailable } from '../../oauth/index.js';
import type { ConnectOutcome } from '../connection/instance-connector.js';
import type { AuthorizationRefusal } from './authorization-response.js';
import type { ConsentErrorCode, ConsentOutcome } from '../flows/consent-outcome.js';

/** How far a consent came, and what was found there. */
export type ConsentCourse =
  /** No flow waits for this browser: the ticket or state is unknown, used, expired or another browser's. */
  | { reached: 'flow' }
  /** The provider sent the browser back without a code. */
  | { reached: 'authorization'; refusal: AuthorizationRefusal; consentForced: boolean }
  /** The deployment no longer has the OAuth client that the instance uses. */
  | { reached: 'client' }
  | { reached: 'exchange'; failure: Rejected | Unavailable; consentForced: boolean }
  | { reached: 'scopes'; missing: readonly string[] }
  /** The provider did not tell whose account it is. */
  | { reached: 'account'; failure: Unavailable }
  | {
      reached: 'connection';
      outcome: ConnectOutcome;
      instanceId: string;
      email: string;
      /** Of a grant that the provider ends by itself. */
      grantExpiresAt?: Date | null;
      consentForced: boolean;
    };

type Connection = Extract<ConsentCourse, { reached: 'connection' }>;
type Authorization = Extract<ConsentCourse, { reached: 'authorization' }>;
type Exchange = Extract<ConsentCourse, { reached: 'exchange' }>;

/** What a consent ends in; `ask_again` sends the browser to the provider's consent page once more. */
export function consentEnding(
  course: Exclude<ConsentCourse, Authorization | Connection | Exchange>,
): ConsentOutcome;
export function consentEnding(course: ConsentCourse): ConsentOutcome | 'ask_again';
export function consentEnding(course: ConsentCourse): ConsentOutcome | 'ask_again' {
  switch (course.reached) {
    case 'flow':
      return { error: 'state_expired' };
    case 'authorization':
      return authorizationEnding(course);
    case 'client':
      return { error: 'misconfigured' };
    case 'account':
      return { error: 'provider_unavailable' };
    case 'exchange':
      return exchangeEnding(course);
    case 'scopes':
      return { error: 'scope_missing', missing: course.missing };
    case 'connection':
      return connectionEnding(course);
  }
}

/** Errors of an authorization response (RFC 6749 section 4.1.2.1, and Google's own); any other is an outage. */
const authorizationErrors: ReadonlyMap<string, ConsentErrorCode> = new Map([
  ['access_denied', 'access_denied'],
  ['admin_policy_enforced', 'admin_blocked'],
  ['policy_enforced', 'admin_blocked'],
  ['org_internal', 'admin_blocked'],
  ['invalid_scope', 'scope_missing'],
  ['invalid_client', 'misconfigured'],
  ['deleted_client', 'misconfigured'],
  ['disabled_client', 'misconfigured'],
  ['unauthorized_client', 'misconfigured'],
  ['redirect_uri_mismatch', 'misconfigured'],
  ['unsupported_response_type', 'misconfigured'],
]);

/**
 * Answers to a `prompt` that the provider does not know, or that it cannot do without (OpenID Connect Core section
 * 3.1.2.6): asking for consent alone, which every provider knows, may do.
 */
const promptErrors: ReadonlySet<string> = new Set([
  'invalid_request',
  'account_selection_required',
  'consent_required',
  'interaction_required',
]);

function authorizationEnding({ refusal, consentForced }: Authorization): ConsentOutcome | 'ask_again' {
  if (refusal.status !== 'error') return { error: 'state_expired' };
  if (promptErrors.has(refusal.error) && !consentForced) return 'ask_again';
  return { error: authorizationErrors.get(refusal.error) ?? 'provider_unavailable' };
}

const exchangeErrors = {
  INVALID_REFRESH_TOKEN: 'state_expired',
  INVALID_CLIENT: 'misconfigured',
  INVALID_REQUEST: 'provider_unavailable',
  INSUFFICIENT_SCOPE: 'scope_missing',
  ADMIN_BLOCKED: 'admin_blocked',
  NETWORK_ERROR: 'provider_unavailable',
  SERVICE_UNAVAILABLE: 'provider_unavailable',
  UNKNOWN_ERROR: 'provider_unavailable',
} as const satisfies Record<(Rejected | Unavailable)['errorCode'], ConsentErrorCode>;

function exchangeEnding({ failure, consentForced }: Exchange): ConsentOutcome | 'ask_again' {
  const { errorCode, reason } = failure;
  if (sessionControlReasons.has(reason)) return { error: 'state_expired', sessionControl: true };
  // Of a code, invalid_grant only says that it is too old or was used, by an attempt whose answer got lost perhaps.
  if (errorCode === 'INVALID_REFRESH_TOKEN' && !consentForced) return 'ask_again';
  return { error: reason === 'redirect_uri_mismatch' ? 'misconfigured' : exchangeErrors[errorCode] };
}

const connectionErrors = {
  account_mismatch: 'account_mismatch',
  account_unproven: 'provider_unavailable',
  instance_deleted: 'state_expired',
  refresh_token_missing: 'provider_unavailable',
} as const satisfies Record<Exclude<ConnectOutcome, 'connected'>, ConsentErrorCode>;

function connectionEnding(course: Connection): ConsentOutcome | 'ask_again' {
  const { outcome, instanceId, consentForced, email, grantExpiresAt } = course;
  if (outcome === 'connected')
    return {
      ...{ connected: instanceId, email },
      ...(grantExpiresAt == null ? {} : { grantExpiresAt: grantExpiresAt.toISOString() }),
    };
  if (outcome === 'account_mismatch') return { error: 'account_mismatch', chosenAccount: email };
  // Google hands out a refresh token on first consent only; asked explicitly, it does so again.
  if (outcome === 'refresh_token_missing' && !consentForced) return 'ask_again';
  return { error: connectionErrors[outcome] };
}
