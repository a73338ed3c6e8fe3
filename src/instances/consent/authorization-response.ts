import type { ConsentErrorCode } from './return-to.js';

/** What the provider sends back with the browser (RFC 6749 section 4.1.2, RFC 9207). */
export interface AuthorizationResponse {
  code?: string | undefined;
  state?: string | undefined;
  iss?: string | undefined;
  error?: string | undefined;
}

/** Why a response to a live state is not followed up; null when its code may be redeemed. */
export function refusalOf(response: AuthorizationResponse, issuer: string): ConsentErrorCode | null {
  // RFC 9207 section 2.4: another issuer's answer must not be used, whatever else it says.
  if (response.iss !== undefined && response.iss !== issuer) return 'state_expired';
  if (response.error === undefined) return response.code ? null : 'state_expired';
  switch (response.error) {
    case 'access_denied':
    case 'admin_policy_enforced':
    case 'org_internal':
      return 'access_denied';
    case 'invalid_scope':
      return 'scope_missing';
    default:
      return 'provider_unavailable';
  }
}
