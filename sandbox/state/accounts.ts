import { createHash } from 'node:crypto';
import type { Account, SandboxState } from './sandbox-state.js';

/** Google names an account by 21 digits; derived from the address, they stay the same on every machine. */
function subOf(email: string): string {
  const digest = createHash('sha256').update(email).digest('hex');
  return `1${BigInt(`0x${digest}`).toString().slice(0, 20)}`;
}

/** The Google accounts that exist in the sandbox. */
export class Accounts {
  constructor(private readonly state: SandboxState) {}

  list(): readonly Account[] {
    return this.state.data.accounts;
  }

  /** An account by address, in any case, or by `sub`, as `login_hint` allows both. */
  find(hint: string): Account | undefined {
    return this.list().find(({ email, sub }) => email === hint.toLowerCase() || sub === hint);
  }

  /**
   * Adds an account; one that exists already is left as it is. Unless something else is said, its address is verified,
   * and its organisation's, but at gmail.com.
   */
  add(
    email: string,
    name: string,
    {
      emailVerified = true,
      hostedDomain,
    }: { emailVerified?: boolean | undefined; hostedDomain?: string | null | undefined } = {},
  ): Account {
    const existing = this.find(email);
    if (existing !== undefined) return existing;
    const address = email.toLowerCase();
    const domain = address.slice(address.lastIndexOf('@') + 1);
    const account = {
      ...{ email: address, name, sub: subOf(address), accessTokenEpoch: 0, emailVerified },
      hostedDomain: hostedDomain === undefined ? (domain === 'gmail.com' ? null : domain) : hostedDomain,
    };
    this.state.data.accounts.push(account);
    this.state.save();
    return account;
  }

  /** Lets every access token that the account has given out expire at once; refresh tokens live on. */
  expireAccessTokens(email: string): void {
    const account = this.find(email);
    if (account === undefined) return;
    account.accessTokenEpoch += 1;
    this.state.save();
  }
}
