import { Inject, Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { EvergrantError } from '../../errors/index.js';
import { Clock } from '../../resilience/index.js';
import type { AccessTokenGrant } from './access-token-grant.js';
import { CredentialReader } from '../store/credential-reader.js';
import type { CredentialSnapshot } from '../store/credential-snapshot.js';
import { CredentialRefresher } from '../refresh/credential-refresher.js';
import { CredentialsOptions } from '../credentials-options.js';
import { deadGrant, recordedFailure, refreshInProgress } from '../refresh/refresh-failure.js';
import { isFresh, outlives, type LiveToken } from '../store/live-token.js';
import type { RefreshTrigger } from '../store/refresh-trigger.js';
import { failed, type RefreshResult } from '../refresh/refresh-result.js';
import { callerPauseSeconds, mayRefreshInBackground } from '../schedule/refresh-schedule.js';
import { TokenCache } from './token-cache.js';
import { confirmationSpacingSeconds } from '../verdicts/next-verdict.js';

export interface AccessTokenOptions {
  /** The life the caller needs, in seconds. */
  minTtlSeconds?: number;
  /** A token that the resource server answered 401 to; it is never served again. */
  rejectedToken?: string;
}

const defaultMinTtlSeconds = 60;
/** Of the 25 seconds that a refresh may take; the rest is for the answer's way to the caller. */
const callerWaitLimitMs = 24_500;

/** The one place that hands out access tokens: memory, then database, then a refresh. */
@Injectable()
export class TokenBroker {
  private readonly reads = new Map<string, Promise<CredentialSnapshot>>();

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
    const minTtlSeconds = options.minTtlSeconds ?? defaultMinTtlSeconds;
    const neededSeconds = Math.max(this.options.expiryBufferSeconds, minTtlSeconds);
    const cached = unlessRejected(this.cache.get(credentialId), options.rejectedToken);
    if (cached && isFresh(cached, this.clock.monotonicMs(), neededSeconds)) return grant(cached, 'cache');

    // A token was rejected because of something that happened: that has to be seen.
    const snapshot = await (options.rejectedToken === undefined
      ? this.readShared(credentialId)
      : this.read(credentialId));
    const suspect = snapshot.verdict === 'suspect';
    const nowMs = this.clock.monotonicMs();
    const stored =
      suspect && !snapshot.held
        ? null
        : unlessRejected(await this.reader.liveToken(snapshot), options.rejectedToken);
    const recentlyJudged = (snapshot.verdictSecondsAgo ?? 0) < confirmationSpacingSeconds;
    if (suspect && recentlyJudged) return staleUnlessExpired(stored, deadGrant(snapshot), nowMs);

    if (stored && !suspect && isFresh(stored, nowMs, neededSeconds)) {
      this.cache.set(credentialId, stored);
      return grant(stored, 'database');
    }
    if (stored && !suspect && outlives(stored, nowMs, minTtlSeconds)) {
      // What becomes of it is in the log and the history; this caller has what it came for.
      if (mayRefreshInBackground(snapshot)) {
        void this.refreshed(snapshot, 'background', null).catch(() => undefined);
      }
      return grant(stored, 'database');
    }
    const pauseSeconds = callerPauseSeconds(snapshot);
    if (pauseSeconds > 0)
      return staleUnlessExpired(stored, recordedFailure(snapshot, Math.ceil(pauseSeconds)), nowMs);
    const { rejectedToken } = options;
    const trigger = rejectedToken === undefined ? 'expiry' : 'rejected_token';
    return this.refreshed(snapshot, trigger, stored, rejectedToken);
  }

  /** Asks the provider in any case. The same result and errors as {@link accessToken}. */
  async refresh(credentialId: string): Promise<AccessTokenGrant> {
    const snapshot = await this.read(credentialId);
    return this.refreshed(snapshot, 'forced', await this.reader.liveToken(snapshot));
  }

  /** Credentials of which memory has just forgotten everything: somebody changed them, in this process or another. */
  get forgotten(): Observable<string> {
    return this.cache.dropped;
  }

  /** Drops what memory holds of a credential that was just changed otherwise. */
  forget(credentialId: string): void {
    this.cache.drop(credentialId);
  }

  private async refreshed(
    seen: CredentialSnapshot,
    trigger: RefreshTrigger,
    fallback: LiveToken | null,
    rejectedToken?: string,
  ): Promise<AccessTokenGrant> {
    const result = await this.refreshWithin(callerWaitLimitMs, seen, trigger);
    if (result.status === 'refreshed') {
      if (result.token.accessToken === rejectedToken) {
        throw new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'rejected_token_repeated' });
      }
      this.cache.set(seen.id, result.token);
      return grant(result.token, result.source);
    }
    if (result.error.code === 'INVALID_REFRESH_TOKEN') {
      this.cache.drop(seen.id);
      throw result.error;
    }
    return staleUnlessExpired(fallback, result.error, this.clock.monotonicMs());
  }

  /** The caller waits no longer than this; the refresh goes on, and its token is there for the next one. */
  private refreshWithin(
    limitMs: number,
    seen: CredentialSnapshot,
    trigger: RefreshTrigger,
  ): Promise<RefreshResult> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(failed(refreshInProgress())), limitMs);
      void this.refresher.refresh(seen, trigger).then((result) => {
        clearTimeout(timer);
        resolve(result);
      });
    });
  }

  /** Whoever asks for the same credential at once shares one look at the database. */
  private async readShared(credentialId: string): Promise<CredentialSnapshot> {
    const running = this.reads.get(credentialId);
    if (running) return running;
    const read = this.read(credentialId).finally(() => this.reads.delete(credentialId));
    this.reads.set(credentialId, read);
    return read;
  }

  private async read(credentialId: string): Promise<CredentialSnapshot> {
    const snapshot = await this.reader.readForUse(credentialId);
    if (snapshot === null) throw new EvergrantError('OAUTH_FLOW_REQUIRED');
    if (snapshot.verdict === 'failed') throw deadGrant(snapshot);
    return snapshot;
  }
}

function unlessRejected(
  token: LiveToken | null | undefined,
  rejectedToken: string | undefined,
): LiveToken | null {
  return token && token.accessToken !== rejectedToken ? token : null;
}

function grant(token: LiveToken, source: AccessTokenGrant['source']): AccessTokenGrant {
  const { accessToken, expiresAt, scopes } = token;
  return { accessToken, tokenType: 'Bearer', expiresAt, scopes, source, stale: false, errorCode: null };
}

/** @throws the error itself when no token with life is left */
function staleUnlessExpired(token: LiveToken | null, error: EvergrantError, nowMs: number): AccessTokenGrant {
  if (!token || !outlives(token, nowMs, 0)) throw error;
  return { ...grant(token, 'database'), stale: true, errorCode: error.code };
}
