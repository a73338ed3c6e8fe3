import type { OutboundProxy } from '../../resilience/index.js';

/** How long the client waits and how much it accepts. */
export interface GmailLimits {
  connectTimeoutMs: number;
  /** One request, from sending it to the last byte of its answer. */
  requestTimeoutMs: number;
  /** No retry starts later than this after the call began; a longer `Retry-After` is not slept. */
  retryBudgetMs: number;
  firstRetryDelayMs: number;
  /** How long a call may wait for quota units and for rate limits to pass, from its beginning and over all its requests. */
  callWaitsMs: number;
  maxResponseBytes: number;
  /** A whole download, at the pace of the client that takes it. */
  downloadTimeoutMs: number;
  maxConnections: number;
  /** Requests at once of one tenant, so that no single one holds all connections. */
  requestsPerTenant: number;
  requestsPerMailbox: number;
  /** Requests of one mailbox that may wait for their turn, and how long each of them. */
  waitingPerMailbox: number;
  longestWaitMs: number;
  /** One message's conversion to text, or the parsing of one answer, where a thread does it. */
  threadTimeoutMs: number;
  /** One document's, from its turn on. */
  documentTimeoutMs: number;
}

export const defaultGmailLimits: GmailLimits = {
  connectTimeoutMs: 5_000,
  requestTimeoutMs: 30_000,
  retryBudgetMs: 10_000,
  firstRetryDelayMs: 500,
  // Clients wait a minute, and the call itself takes time too.
  callWaitsMs: 20_000,
  // The largest attachment in base64, and what is around it.
  maxResponseBytes: 56 * 1024 * 1024,
  downloadTimeoutMs: 300_000,
  maxConnections: 200,
  requestsPerTenant: 100,
  requestsPerMailbox: 50,
  waitingPerMailbox: 200,
  longestWaitMs: 10_000,
  threadTimeoutMs: 5_000,
  documentTimeoutMs: 15_000,
};

/** Where the Gmail API is (a base such as `https://gmail.googleapis.com`), and the client's limits. */
export class GmailOptions {
  constructor(
    readonly apiUrl: string,
    readonly limits: GmailLimits = defaultGmailLimits,
    readonly proxy: OutboundProxy | null = null,
  ) {}
}
