import { comparableDomain, recipientAddress } from '../policies/recipient-address.js';

/** One entry of `SIGN_IN_DOMAINS` or `SIGN_IN_EMAILS`. */
export interface SignInWish {
  /** A domain or an address. */
  who: string;
  /** Id or name; null for the tenant that is always there. */
  tenant: string | null;
}

/** Who may sign in, as the operator says it. */
export interface SignInWishes {
  domains: readonly SignInWish[];
  emails: readonly SignInWish[];
  /** Every account, in the tenant that is always there: with the sandbox, if nothing else is said. */
  everyone: boolean;
}

/** The same, with the tenants looked up and names in the form in which they are compared. */
export interface SignInRules {
  /** Tenants by domain. */
  domains: ReadonlyMap<string, string>;
  /** Tenants by address. */
  emails: ReadonlyMap<string, string>;
  /** The tenant of every other account; null for none. */
  everyone: string | null;
}

/** An account as its provider tells of it (OpenID Connect Core section 5.1). */
export interface SignInAccount {
  provider: string;
  /** Its stable id. */
  subject: string;
  email: string;
  /** The provider has seen that the address is the account's. */
  isEmailVerified: boolean;
  /** Its organisation's domain, whose addresses the provider hands out itself (Google's `hd`). */
  hostedDomain: string | null;
}

export type SignInDecision =
  { do: 'admit'; tenantId: string } | { do: 'refuse'; reason: 'not_listed' | 'email_unverified' };

/** Google's own, where it hands out the addresses though no organisation is named. */
const consumerDomains: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

/**
 * Whether an account may sign in, and to which tenant. An entry of its address outweighs one of its domain. A domain
 * lets in only accounts whose address Google itself hands out, for anyone can make a Google account with an address of
 * elsewhere (https://developers.google.com/identity/gsi/web/guides/verify-google-id-token#using-the-email,-email_verified-and-hd-fields).
 */
export function signInDecision(rules: SignInRules, account: SignInAccount): SignInDecision {
  const named = namedTenant(rules, account.email);
  if (named === null) return { do: 'refuse', reason: 'not_listed' };
  if (!account.isEmailVerified) return { do: 'refuse', reason: 'email_unverified' };
  if (named.by === 'domain' && !isHandedOut(account)) return { do: 'refuse', reason: 'not_listed' };
  return { do: 'admit', tenantId: named.tenantId };
}

/** The tenant whose entry names an address, and how; null where none does. */
export function namedTenant(
  { domains, emails, everyone }: SignInRules,
  email: string,
): { tenantId: string; by: 'address' | 'domain' | 'everyone' } | null {
  const address = recipientAddress(email);
  if (address === null) return null;
  const ofAddress = emails.get(`${address.local}@${address.domain}`);
  if (ofAddress !== undefined) return { tenantId: ofAddress, by: 'address' };
  const ofDomain = domains.get(address.domain);
  if (ofDomain !== undefined) return { tenantId: ofDomain, by: 'domain' };
  return everyone === null ? null : { tenantId: everyone, by: 'everyone' };
}

function isHandedOut({ email, hostedDomain }: SignInAccount): boolean {
  return hostedDomain !== null || consumerDomains.has(recipientAddress(email)?.domain ?? '');
}

/** A domain or address of an entry, as it is compared; null for what is none. */
export function comparableWho(who: string): string | null {
  if (!who.includes('@')) return comparableDomain(who);
  const address = recipientAddress(who);
  return address && `${address.local}@${address.domain}`;
}
