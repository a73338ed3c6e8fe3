import type { MailboxOwner } from '../../identity/index.js';
import type { Rejected, Unavailable } from '../../oauth/index.js';
import type { AuthorizationRefusal } from '../consent/authorization-response.js';
import { consentEnding } from '../consent/consent-ending.js';
import type { ConsentErrorCode } from '../flows/consent-outcome.js';

/** How far a sign-in came, and what was found there. */
export type OwnerSignInCourse =
  /** No sign-in waits for this browser: its state is unknown, used, expired or another browser's. */
  | { reached: 'flow' }
  /** The provider sent the browser back without a code. */
  | { reached: 'authorization'; refusal: AuthorizationRefusal }
  /** The deployment no longer has the OAuth client that was asked under. */
  | { reached: 'client' }
  | { reached: 'exchange'; failure: Rejected | Unavailable }
  /** The provider did not tell whose account it is. */
  | { reached: 'account'; failure: Unavailable }
  /** It did; `mailbox` is null where there is none. */
  | { reached: 'mailbox'; account: { subject: string; email: string }; mailbox: SignedInMailbox | null };

export interface SignedInMailbox {
  tenantId: string;
  provider: string;
  /** Of the account that is connected; null when none is, or its id is not known. */
  subject: string | null;
  email: string | null;
}

export type OwnerSignInError =
  Exclude<ConsentErrorCode, 'scope_missing'> | 'mailbox_missing' | 'owner_unknown';

export type OwnerSignInEnding =
  | { status: 'signed_in'; owner: MailboxOwner }
  | {
      status: 'refused';
      error: OwnerSignInError;
      /** With `account_mismatch`: the account that was chosen, and the one that is connected. */
      chosen?: string;
      expected?: string | null;
    };

/**
 * Only the account's stable id decides, for an address may come to belong to another person (OpenID Connect Core section
 * 5.7).
 */
export function ownerSignInEnding(course: OwnerSignInCourse): OwnerSignInEnding {
  if (course.reached === 'mailbox') return mailboxEnding(course);
  // Nothing is asked again by force: a sign-in is in want of no token.
  const outcome = consentEnding({ ...course, consentForced: true } as Parameters<typeof consentEnding>[0]);
  const error = outcome !== 'ask_again' && 'error' in outcome ? outcome.error : 'provider_unavailable';
  return { status: 'refused', error: error === 'scope_missing' ? 'provider_unavailable' : error };
}

function mailboxEnding({
  account,
  mailbox,
}: Extract<OwnerSignInCourse, { reached: 'mailbox' }>): OwnerSignInEnding {
  if (mailbox === null) return { status: 'refused', error: 'mailbox_missing' };
  const { tenantId, provider, subject, email } = mailbox;
  if (subject === null) return { status: 'refused', error: 'owner_unknown' };
  if (subject === account.subject) return { status: 'signed_in', owner: { tenantId, provider, ...account } };
  return { status: 'refused', error: 'account_mismatch', chosen: account.email, expected: email };
}
