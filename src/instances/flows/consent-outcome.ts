export const consentErrorCodes = [
  'access_denied',
  'state_expired',
  'account_mismatch',
  'scope_missing',
  'provider_unavailable',
  'admin_blocked',
  'misconfigured',
] as const;
export type ConsentErrorCode = (typeof consentErrorCodes)[number];

/** How a consent ended, with what our own pages tell the person besides. */
export type ConsentOutcome =
  | {
      connected: string;
      email: string | null;
      /** When the provider ends the grant by itself, if it said so (ISO 8601). */
      grantExpiresAt?: string;
    }
  | {
      error: ConsentErrorCode;
      /** With `account_mismatch`: the account that was chosen. */
      chosenAccount?: string;
      /** With `scope_missing`: what was asked for and not granted. */
      missing?: readonly string[];
      /** With `state_expired`: the organisation's session control asks for another sign-in. */
      sessionControl?: true;
    };

/** The result of a consent, as the frontend reads it from the URL. */
export function consentResult(outcome: ConsentOutcome): { connected: string } | { error: ConsentErrorCode } {
  return 'connected' in outcome ? { connected: outcome.connected } : { error: outcome.error };
}
