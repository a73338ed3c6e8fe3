import { addressKey, type OAuthStatus, type Verdict } from '../../credentials/index.js';

/** What is known of whose a grant is. */
export interface KnownAccount {
  subject: string | null;
  email: string | null;
}

/** What an instance holds when another grant comes for it. */
export type HeldGrant = { state: 'none' } | { state: 'live' | 'dead'; account: KnownAccount };

/**
 * Whether a grant may take the place of the one that is held. `ask_mailbox`: whose the held one is has to be found out
 * first. `unproven`: that could not be found out.
 */
export type AccountDecision = 'accept' | 'another_account' | 'ask_mailbox' | 'unproven';

/** What the mailbox of the held grant said of its owner. */
export type MailboxAnswer =
  | { status: 'told'; email: string }
  /** The provider has ended the grant, so that there is nothing left to lose. */
  | { status: 'dead' }
  /** Its scopes do not open the profile, now or later. */
  | { status: 'closed' }
  /** Google, or the way to it, failed for now: that says nothing against the grant. */
  | { status: 'unanswered' };

/** A grant as its instance's row and its credential's tell. */
export function heldGrant(row: {
  credentialId: string | null;
  oauthStatus: OAuthStatus;
  verdict: Verdict | null;
  held: boolean | null;
  subject: string | null;
  email: string | null;
}): HeldGrant {
  if (row.credentialId === null) return { state: 'none' };
  const { subject, email } = row;
  // A verdict that a hold doubts has ended nothing yet.
  const isLive = row.oauthStatus === 'completed' && (row.verdict === 'active' || row.held === true);
  return { state: isLive ? 'live' : 'dead', account: { subject, email } };
}

/**
 * The subject decides (OpenID Connect Core section 5.7); where one of the two has none, the address. A live grant gives
 * way to none that is not proven to be of its own account.
 */
export function accountDecision(held: HeldGrant, offered: KnownAccount): AccountDecision {
  if (held.state === 'none') return 'accept';
  const isSame = sameAccount(held.account, offered);
  if (isSame !== null) return isSame ? 'accept' : 'another_account';
  const isUnknown = held.account.subject === null && held.account.email === null;
  if (!isUnknown) return 'unproven';
  if (held.state === 'dead') return 'accept';
  return offered.email === null ? 'unproven' : 'ask_mailbox';
}

/** What follows once the mailbox was asked. */
export function decisionAfter(
  answer: MailboxAnswer,
  offered: KnownAccount,
): Exclude<AccountDecision, 'ask_mailbox'> {
  switch (answer.status) {
    case 'told':
      return sameAccount({ subject: null, email: answer.email }, offered) ? 'accept' : 'another_account';
    case 'dead':
      return 'accept';
    case 'closed':
      return 'another_account';
    case 'unanswered':
      return 'unproven';
  }
}

/** Null when the two have nothing to compare. */
function sameAccount(one: KnownAccount, other: KnownAccount): boolean | null {
  if (one.subject !== null && other.subject !== null) return one.subject === other.subject;
  if (one.email === null || other.email === null) return null;
  return addressKey(one.email) === addressKey(other.email);
}
