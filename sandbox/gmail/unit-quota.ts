import type { SandboxClock } from '../state/sandbox-clock.js';
import type { SandboxState } from '../state/sandbox-state.js';
import { rateLimited } from './gmail-error.js';

/**
 * By route below `users/me/`, or below the same of the upload URI;
 * https://developers.google.com/workspace/gmail/api/reference/quota (2026-05-01).
 */
const unitsByRoute: Readonly<Record<string, number>> = {
  'GET profile': 1,
  'GET labels': 1,
  'GET labels/:id': 1,
  'POST labels': 5,
  'PUT labels/:id': 5,
  'PATCH labels/:id': 5,
  'DELETE labels/:id': 5,
  'GET history': 2,
  'GET messages': 5,
  'POST messages/:id/modify': 5,
  'POST messages/batchModify': 50,
  'POST messages/batchDelete': 50,
  'POST messages/:id/trash': 20,
  'POST messages/:id/untrash': 20,
  'DELETE messages/:id': 10,
  'GET threads': 10,
  'POST threads/:id/modify': 10,
  'POST threads/:id/trash': 20,
  'POST threads/:id/untrash': 20,
  'DELETE threads/:id': 20,
  'GET drafts': 5,
  'GET drafts/:id': 20,
  'POST drafts': 10,
  'PUT drafts/:id': 15,
  'DELETE drafts/:id': 10,
  'POST drafts/send': 100,
  'GET messages/:id': 20,
  'GET messages/:messageId/attachments/:id': 20,
  'GET threads/:id': 40,
  'POST messages/send': 100,
  'GET settings/vacation': 1,
  'GET settings/autoForwarding': 1,
  'GET settings/imap': 1,
  'GET settings/pop': 1,
  'GET settings/language': 1,
  'GET settings/delegates': 1,
  'GET settings/filters': 1,
  'GET settings/filters/:id': 1,
  'GET settings/forwardingAddresses': 1,
  'GET settings/forwardingAddresses/:forwardingEmail': 1,
  'GET settings/sendAs': 1,
  'GET settings/sendAs/:sendAsEmail': 1,
  'PUT settings/vacation': 5,
  'PUT settings/autoForwarding': 5,
  'POST settings/filters': 5,
  'DELETE settings/filters/:id': 5,
  'POST settings/forwardingAddresses': 100,
  'DELETE settings/forwardingAddresses/:forwardingEmail': 5,
  'POST settings/sendAs': 100,
  'PUT settings/sendAs/:sendAsEmail': 100,
  'PATCH settings/sendAs/:sendAsEmail': 100,
  'POST settings/sendAs/:sendAsEmail/verify': 100,
  'DELETE settings/sendAs/:sendAsEmail': 5,
  'POST watch': 100,
  'POST stop': 50,
  // The pieces of an upload that has been paid for.
  'PUT messages/send': 0,
  'PUT drafts': 0,
};
const prefix = /^(\/upload)?\/gmail\/v1\/users\/me\//;
const minuteMs = 60_000;

/** What one account has spent. */
export interface QuotaReport {
  account: string;
  /** Of all requests that were served. */
  units: number;
  /** The most in any minute, wherever it begins. */
  mostPerMinute: number;
  requests: number;
  refused: number;
}

interface Spending extends QuotaReport {
  lately: { units: number; atMs: number }[];
}

/** Counts the units that each account spends, and refuses what goes beyond `gmailUnitsPerMinute` of the settings. */
export class UnitQuota {
  private readonly accounts = new Map<string, Spending>();

  constructor(
    private readonly state: SandboxState,
    private readonly clock: SandboxClock,
  ) {}

  /** @throws GmailError 429 when the minute before this moment holds too many units */
  spend(account: string, method: string, route: string): void {
    const units = unitsByRoute[`${method} ${route.replace(prefix, '')}`];
    if (units === undefined) throw new Error(`The costs of ${method} ${route} are not known`);
    const nowMs = this.clock.nowMs();
    const spending = this.of(account);
    spending.lately = spending.lately.filter(({ atMs }) => atMs > nowMs - minuteMs);
    const lately = spending.lately.reduce((sum, each) => sum + each.units, units);
    const limit = this.state.data.settings.gmailUnitsPerMinute ?? Infinity;
    if (lately > limit) {
      spending.refused += 1;
      throw rateLimited(new Date((spending.lately[0]?.atMs ?? nowMs) + minuteMs));
    }
    spending.lately.push({ units, atMs: nowMs });
    spending.units += units;
    spending.requests += 1;
    spending.mostPerMinute = Math.max(spending.mostPerMinute, lately);
  }

  read(): QuotaReport[] {
    return [...this.accounts.values()].map(({ lately: _lately, ...report }) => report);
  }

  clear(): void {
    this.accounts.clear();
  }

  private of(account: string): Spending {
    const known = this.accounts.get(account);
    if (known !== undefined) return known;
    const spending = { account, units: 0, mostPerMinute: 0, requests: 0, refused: 0, lately: [] };
    this.accounts.set(account, spending);
    return spending;
  }
}
