import type { FastifyRequest } from 'fastify';
import type { Fault, FaultTarget, RequestFacts } from '../faults/fault.js';

/** One request to the token endpoint. Tokens appear as SHA-256 fingerprints only. */
export interface TokenRequestEntry {
  sequence: number;
  /** ISO time of the sandbox's clock at which it came in. */
  at: string;
  grantType: string | null;
  clientId: string | null;
  account: string | null;
  grantId: string | null;
  presentedRefreshToken: string | null;
  returnedRefreshToken: string | null;
  /** `issued`, the OAuth error code, or `not-processed` while it waits and when a fault kept it from the work. */
  outcome: string;
  /** The last fault it met. */
  fault: Fault['kind'] | null;
  /** ISO time at which the whole answer, whatever it was, had gone out on a live connection; null until then. */
  deliveredAt: string | null;
  /** The query of the URL that was asked, which clients retain (RFC 6749 section 3.2): tells callers apart. */
  query: string;
}

export type EndpointCounters = Record<FaultTarget, number>;

function noRequests(): EndpointCounters {
  return { authorize: 0, token: 0, revoke: 0, userinfo: 0, gmail: 0 };
}

/** What the sandbox was asked, in order: what tests count from. */
export class Ledger {
  private tokenRequests: TokenRequestEntry[] = [];
  private byRequest = new WeakMap<FastifyRequest, TokenRequestEntry>();
  private counters = noRequests();
  private sequence = 0;

  count(target: FaultTarget): void {
    this.counters[target] += 1;
  }

  openTokenRequest(
    request: FastifyRequest,
    at: string,
    facts: RequestFacts,
    presented: Pick<TokenRequestEntry, 'presentedRefreshToken' | 'grantId' | 'query'>,
  ): void {
    const { grantType, clientId, account } = facts;
    const entry: TokenRequestEntry = {
      sequence: (this.sequence += 1),
      at,
      ...{ grantType, clientId, account },
      ...presented,
      returnedRefreshToken: null,
      outcome: 'not-processed',
      fault: null,
      deliveredAt: null,
    };
    this.tokenRequests.push(entry);
    this.byRequest.set(request, entry);
  }

  /** Adds to the entry of a token request what became of it. */
  note(request: FastifyRequest, result: Partial<TokenRequestEntry>): void {
    const entry = this.byRequest.get(request);
    if (entry !== undefined) Object.assign(entry, result);
  }

  read(): { tokenRequests: readonly TokenRequestEntry[]; counters: EndpointCounters } {
    return { tokenRequests: this.tokenRequests, counters: this.counters };
  }

  clear(): void {
    this.tokenRequests = [];
    this.counters = noRequests();
  }
}
