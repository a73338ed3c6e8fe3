import { consentErrorCodes } from '../flows/consent-outcome.js';

export const personSignInErrors = [...consentErrorCodes, 'not_admitted'] as const;
export type PersonSignInError = (typeof personSignInErrors)[number];

/** How a person's way through the provider ended. */
export type PersonSignInOutcome =
  /** Who it is, was all that was asked. */
  | { status: 'signed_in'; email: string }
  | { status: 'connected'; instanceId: string; email: string }
  | {
      status: 'refused';
      error: PersonSignInError;
      /** With `account_mismatch` and `not_admitted`: the account that was chosen. */
      chosenAccount?: string;
      /** With `scope_missing`: Google's scopes that were asked for and not granted. */
      missing?: readonly string[];
    };

/** The word for it in the URL of the page that the browser comes back to. */
function outcomeWord(outcome: PersonSignInOutcome): string {
  return outcome.status === 'refused' ? outcome.error : outcome.status;
}

/** The path of a page, with how it ended in its query. */
export function withOutcome(path: string, outcome: PersonSignInOutcome): string {
  const url = new URL(path, 'http://own.invalid');
  url.searchParams.set('outcome', outcomeWord(outcome));
  return url.pathname + url.search;
}
