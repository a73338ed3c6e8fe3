import type { Rejected, Unavailable } from '../../token-exchange.js';

/** The codes that are verdicts (RFC 6749 section 5.2, and Google's own). No other may lead to a new sign-in. */
export const verdicts: ReadonlyMap<string, Rejected['errorCode']> = new Map([
  ['invalid_grant', 'INVALID_REFRESH_TOKEN'],
  ['invalid_client', 'INVALID_CLIENT'],
  ['deleted_client', 'INVALID_CLIENT'],
  ['disabled_client', 'INVALID_CLIENT'],
  ['unauthorized_client', 'INVALID_CLIENT'],
  ['unsupported_grant_type', 'INVALID_CLIENT'],
  ['invalid_scope', 'INSUFFICIENT_SCOPE'],
  ['admin_policy_enforced', 'ADMIN_BLOCKED'],
  ['policy_enforced', 'ADMIN_BLOCKED'],
  ['org_internal', 'ADMIN_BLOCKED'],
  ['invalid_request', 'INVALID_REQUEST'],
]);

/** Codes that are known and say nothing about the grant. */
export const transientCodes: ReadonlyMap<string, Unavailable['errorCode']> = new Map([
  // A nonce answers a DPoP proof (RFC 9449 section 8), and none is sent: there is nothing to retry with.
  ['use_dpop_nonce', 'SERVICE_UNAVAILABLE'],
  ['temporarily_unavailable', 'SERVICE_UNAVAILABLE'],
  ['server_error', 'SERVICE_UNAVAILABLE'],
  ['internal_failure', 'SERVICE_UNAVAILABLE'],
  // Here it is no person's refusal, but an account that Google restricts for now or for good: it does not say which.
  ['access_denied', 'SERVICE_UNAVAILABLE'],
  ['redirect_uri_mismatch', 'UNKNOWN_ERROR'],
]);
