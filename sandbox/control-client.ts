import type { GrantReport } from './control/grant-report.js';
import type { EndpointCounters, TokenRequestEntry } from './control/ledger.js';
import type { HeldRequest } from './faults/barrier.js';
import type { FaultRuleInput } from './faults/fault.js';
import type { ActiveFault } from './faults/fault-rules.js';
import type { Notification } from './gmail/watches.js';
import type { QuotaReport } from './gmail/unit-quota.js';
import type { MailInput } from './mail/mail.js';
import type { ForwardingAddress, SendAs } from './mail/mailbox-settings.js';
import type { SentMail } from './mail/sent-mails.js';
import type { PushedSecurityEvent, SecurityEventInput } from './risc/security-events.js';
import type { Client, SandboxSettings } from './state/sandbox-state.js';

export interface LedgerReport {
  /** In the order in which they came in. */
  tokenRequests: TokenRequestEntry[];
  counters: EndpointCounters;
  grants: GrantReport[];
  /** Of each account that Gmail has served. */
  quota: QuotaReport[];
}

/** Speaks to a sandbox's control port. Every method throws when the sandbox refuses or cannot be reached. */
export class SandboxControl {
  constructor(private readonly controlUrl: string) {}

  /** Puts a fault in force, behind those that are there already. */
  addFault(rule: FaultRuleInput): Promise<{ id: string }> {
    return this.json('POST', '/faults', rule);
  }

  faults(): Promise<ActiveFault[]> {
    return this.json('GET', '/faults');
  }

  /** Clears one fault, or all. Requests that one made wait go on waiting. */
  async clearFaults(id?: string): Promise<void> {
    await this.send('DELETE', id === undefined ? '/faults' : `/faults/${id}`);
  }

  /** Lists the requests that wait at a `hold`, as soon as at least so many do. */
  heldRequests({ atLeast = 0 } = {}): Promise<HeldRequest[]> {
    return this.json('GET', `/holds?atLeast=${atLeast}`);
  }

  /** Lets held requests go, the longest waiting first; all without a count. */
  release(count?: number): Promise<{ released: number }> {
    return this.json('POST', '/holds/release', { count });
  }

  settings(): Promise<SandboxSettings> {
    return this.json('GET', '/settings');
  }

  configure(settings: Partial<SandboxSettings>): Promise<SandboxSettings> {
    return this.json('PATCH', '/settings', settings);
  }

  /** The sandbox's present time as an ISO string. */
  clock(): Promise<{ now: string }> {
    return this.json('GET', '/clock');
  }

  advanceClock(seconds: number): Promise<{ now: string }> {
    return this.json('POST', '/clock/advance', { seconds });
  }

  /** By default its address is verified, and its organisation's, but at gmail.com. */
  addAccount(account: {
    email: string;
    name?: string;
    emailVerified?: boolean;
    hostedDomain?: string | null;
  }): Promise<{ email: string; sub: string }> {
    return this.json('POST', '/accounts', account);
  }

  /** Registers an OAuth client, or replaces the one with the same id. */
  async registerClient(client: Client): Promise<void> {
    await this.send('POST', '/clients', client);
  }

  /** Grants for many accounts at once, which are added where they are missing, as their consents would: in the same order. */
  grantMany(grants: {
    accounts: string[];
    clientId: string;
    scopes: string[];
  }): Promise<{ refreshTokens: string[] }> {
    return this.json('POST', '/grants', grants);
  }

  /** Ends the account's grants as in Google's settings: all, or those of the client's Cloud project. */
  revokeGrants(grants: { account: string; clientId?: string }): Promise<{ revoked: number }> {
    return this.json('POST', '/grants/revoke', grants);
  }

  /** Lets every access token of the account expire; its refresh tokens live on. */
  async expireAccessTokens(account: string): Promise<void> {
    await this.send('POST', '/access-tokens/expire', { account });
  }

  deliver(email: string, mail: MailInput): Promise<{ id: string; threadId: string }> {
    return this.json('POST', `/mailboxes/${encodeURIComponent(email)}/messages`, mail);
  }

  /** Adds an address that the account's owner may send from, verified unless said otherwise; replaces the same one. */
  async addSendAs(
    email: string,
    sender: Pick<SendAs, 'sendAsEmail'> & Partial<Omit<SendAs, 'isPrimary'>>,
  ): Promise<void> {
    await this.send('POST', `/mailboxes/${encodeURIComponent(email)}/send-as`, sender);
  }

  /** Adds an address that the account may forward to, verified unless said otherwise; replaces the same one. */
  async addForwardingAddress(
    email: string,
    address: Pick<ForwardingAddress, 'forwardingEmail'> & Partial<ForwardingAddress>,
  ): Promise<void> {
    await this.send('POST', `/mailboxes/${encodeURIComponent(email)}/forwarding-addresses`, address);
  }

  ledger(): Promise<LedgerReport> {
    return this.json('GET', '/ledger');
  }

  /** Every mail that programs have sent, in order, whatever became of it since. */
  outbox(): Promise<SentMail[]> {
    return this.json('GET', '/outbox');
  }

  /** A mail of the outbox as it was handed over. */
  async sentMime(sequence: number): Promise<Buffer> {
    return Buffer.from(await (await this.send('GET', `/outbox/${sequence}/raw`)).arrayBuffer());
  }

  /** Pushes the notifications of a topic to an endpoint from now on, as Pub/Sub does. */
  async subscribe(subscription: {
    topicName: string;
    endpoint: string;
    audience?: string;
    serviceAccountEmail?: string;
  }): Promise<void> {
    await this.send('POST', '/pubsub/subscriptions', subscription);
  }

  /** A token as Pub/Sub pushes with, made `ageSeconds` ago. They last an hour. */
  pushToken(token: {
    audience: string;
    serviceAccountEmail?: string;
    ageSeconds?: number;
  }): Promise<{ token: string }> {
    return this.json('POST', '/pubsub/tokens', token);
  }

  /** Pushes a security event, as Cross-Account Protection does; says what the receiver answered. */
  pushSecurityEvent(event: SecurityEventInput): Promise<PushedSecurityEvent> {
    return this.json('POST', '/security-events', event);
  }

  /** All notifications of watched mailboxes, and what their endpoints answered. */
  notifications(): Promise<Notification[]> {
    return this.json('GET', '/pubsub/notifications');
  }

  /** Forgets requests, counters, notifications and the outbox; grants stay. */
  async clearLedger(): Promise<void> {
    await this.send('DELETE', '/ledger');
  }

  private async json<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.send(method, path, body);
    return (await response.json()) as Answer;
  }

  private async send(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(this.controlUrl + path, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    if (response.ok) return response;
    throw new Error(`The sandbox refused ${method} ${path}: ${response.status} ${await response.text()}`);
  }
}
