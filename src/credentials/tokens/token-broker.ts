import { Inject, Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { EvergrantError } from '../../errors/index.js';
import { timeBudget } from '../../oauth/index.js';
import { Clock, SingleFlight } from '../../resilience/index.js';
import { CredentialsOptions } from '../credentials-options.js';
import { CredentialRefresher } from '../refresh/credential-refresher.js';
import { refreshInProgress } from '../refresh/refresh-failure.js';
import { failed, type RefreshResult } from '../refresh/refresh-result.js';
import { CredentialReader } from '../store/credential-reader.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import type { LiveToken } from '../store/live-token.js';
import type { RefreshTrigger } from '../store/refresh-trigger.js';
import type { AccessTokenGrant } from './access-token-grant.js';
import { TokenCache } from './token-cache.js';
import {
  forcedDecision,
  resultDecision,
  servesFromMemory,
  tokenDecision,
  type Fallback,
} from './token-decision.js';

export interface AccessTokenOptions {
  /** The life the caller needs, in seconds. */
  minTtlSeconds?: number;
  /** A token that the resource server answered 401 to; it is never served again. */
  rejectedToken?: string;
}

interface ReadForUse {
  snapshot: CredentialSnapshot;
  token: LiveToken | null;
}

const defaultMinTtlSeconds = 60;

/** The one place that hands out access tokens: memory, then database, then a refresh. */
@Injectable()
export class TokenBroker {
  private readonly reads = new SingleFlight<ReadForUse>();
  /** Of tokens in memory, as long as they are there. */
  private readonly grants = new WeakMap<LiveToken, AccessTokenGrant>();

  constructor(
    private readonly cache: TokenCache,
    private readonly reader: CredentialReader,
    private readonly refresher: CredentialRefresher,
    private readonly clock: Clock,
    @Inject(CredentialsOptions) private readonly options: CredentialsOptions,
  ) {}

  /**
   * A token that lives for `minTtlSeconds`. Inside the expiry buffer it is served at once and refreshed behind
   * the caller's back; when no refresh succeeds, a token with life left is served as stale.
   * @throws EvergrantError with the chain's outcome; it asks for re-authentication only if the provider did
   */
  async accessToken(credentialId: string, options: AccessTokenOptions = {}): Promise<AccessTokenGrant> {
    const { minTtlSeconds = defaultMinTtlSeconds, rejectedToken } = options;
    const { expiryBufferSeconds } = this.options;
    const need = { minTtlSeconds, expiryBufferSeconds, rejectedToken };
    const cached = this.cache.get(credentialId);
    if (cached && servesFromMemory(cached, need, this.clock.monotonicMs())) return grant(cached, 'cache');

    // A token was rejected because of something that happened: that has to be seen.
    const credential = await (rejectedToken === undefined
      ? this.reads.run(credentialId, () => this.read(credentialId))
      : this.read(credentialId));
    const decision = tokenDecision(credential, need, this.clock.monotonicMs());
    switch (decision.do) {
      case 'serve':
        if (decision.isFresh) this.cache.set(credentialId, decision.token);
        return grant(decision.token, 'database');
      case 'serve-and-refresh-behind':
        this.refreshBehind(credential.snapshot);
        return grant(decision.token, 'database');
      case 'refresh':
        return this.refreshed(credential.snapshot, decision, rejectedToken);
      case 'serve-stale':
      case 'decline':
        return staleGrant(decision);
    }
  }

  /**
   * What {@link accessToken} would answer from memory, without waiting; null when it would have to look further.
   * Always the same object for the same token, so that callers can keep what they make of it.
   */
  peek(credentialId: string, minTtlSeconds = defaultMinTtlSeconds): AccessTokenGrant | null {
    const need = { minTtlSeconds, expiryBufferSeconds: this.options.expiryBufferSeconds };
    const nowMs = this.clock.monotonicMs();
    const cached = this.cache.peek(credentialId, (token) => servesFromMemory(token, need, nowMs));
    if (cached === null) return null;
    const known = this.grants.get(cached) ?? grant(cached, 'cache');
    this.grants.set(cached, known);
    return known;
  }

  /** Asks the provider in any case. The same result and errors as {@link accessToken}. */
  async refresh(credentialId: string): Promise<AccessTokenGrant> {
    const credential = await this.read(credentialId);
    const decision = forcedDecision(credential);
    return decision.do === 'refresh' ? this.refreshed(credential.snapshot, decision) : staleGrant(decision);
  }

  /** Credentials of which memory has just dropped everything: they were changed, by this process or another. */
  get forgotten(): Observable<string> {
    return this.cache.dropped;
  }

  /** Drops what memory holds of a credential that was just changed otherwise. */
  forget(credentialId: string): void {
    this.cache.drop(credentialId);
  }

  /** What becomes of it is in the log and the history; the caller has what it came for. */
  private refreshBehind(seen: CredentialSnapshot): void {
    void this.refreshed(seen, { trigger: 'background', fallback: null }).catch(() => undefined);
  }

  private async refreshed(
    seen: CredentialSnapshot,
    { trigger, fallback }: { trigger: RefreshTrigger; fallback: LiveToken | null },
    rejectedToken?: string,
  ): Promise<AccessTokenGrant> {
    const result = await this.refreshInTime(seen, trigger);
    const decision = resultDecision(result, { fallback, rejectedToken }, this.clock.monotonicMs());
    switch (decision.do) {
      case 'serve':
        this.cache.set(seen.id, decision.token);
        return grant(decision.token, decision.source);
      case 'decline':
        if (decision.error.code === 'INVALID_REFRESH_TOKEN') this.cache.drop(seen.id);
        return staleGrant(decision);
      case 'serve-stale':
        return staleGrant(decision);
    }
  }

  /** The caller waits no longer than its part of the time; the refresh goes on, and its token is there for the next one. */
  private refreshInTime(seen: CredentialSnapshot, trigger: RefreshTrigger): Promise<RefreshResult> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(failed(refreshInProgress())), timeBudget.callerWaitMs);
      void this.refresher.refresh(seen, trigger).then((result) => {
        clearTimeout(timer);
        resolve(result);
      });
    });
  }

  private async read(credentialId: string): Promise<ReadForUse> {
    const snapshot = await this.reader.readForUse(credentialId);
    if (snapshot === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
    return { snapshot, token: await this.reader.liveToken(snapshot) };
  }
}

function grant(token: LiveToken, source: AccessTokenGrant['source']): AccessTokenGrant {
  const { accessToken, expiresAt, scopes } = token;
  return { accessToken, tokenType: 'Bearer', expiresAt, scopes, source, stale: false, errorCode: null };
}

/** @throws the error itself when there is no token to serve */
function staleGrant(fallback: Fallback): AccessTokenGrant {
  if (fallback.do === 'decline') throw fallback.error;
  return { ...grant(fallback.token, 'database'), stale: true, errorCode: fallback.error.code };
}
