import { Injectable } from '@nestjs/common';
import {
  createRemoteJWKSet,
  customFetch,
  jwtVerify,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';
import { fetch } from 'undici';
import { EvergrantError } from '../../errors/index.js';
import { bearerToken, RefusalPace } from '../../identity/index.js';
import { outboundAgent, type OutboundProxy } from '../../resilience/index.js';
import { WatchMetrics } from '../watches/watch-metrics.js';
import { pubsubPath, type PubsubOptions } from './pubsub-options.js';
import { isOurPusher, isWithoutKeys } from './pusher-claims.js';

/** Of clocks. */
const toleranceSeconds = 60;
const keysTimeoutMs = 5_000;
const mostKeyBytes = 1024 * 1024;

/**
 * Who pushes to us: Pub/Sub on behalf of our subscription, by a token that Google signed for our URL.
 * https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions
 */
@Injectable()
export class PubsubTokens {
  private readonly keys: JWTVerifyGetKey | null;
  private readonly audience: string;

  /** @param options null: no notifications are taken */
  constructor(
    publicUrl: string,
    private readonly options: PubsubOptions | null,
    private readonly pace: RefusalPace,
    private readonly metrics: WatchMetrics,
  ) {
    this.audience = publicUrl + pubsubPath;
    this.keys = options && remoteKeys(options);
  }

  /**
   * @throws EvergrantError `NOT_FOUND` where no notifications are taken, `UNAUTHENTICATED` alike for every other token
   *   than our subscription's, `SERVICE_UNAVAILABLE` while Google's keys cannot be had
   */
  async check(authorization: string | undefined): Promise<void> {
    const { options, keys } = this;
    if (options === null || keys === null) throw new EvergrantError('NOT_FOUND');
    await this.pace.slowed(async () => {
      const token = bearerToken(authorization);
      if (token !== null && (await this.isOurs(token, options, keys))) return;
      this.metrics.notified('refused');
      throw new EvergrantError('UNAUTHENTICATED', { message: 'The token is missing or wrong' });
    });
  }

  private async isOurs(token: string, options: PubsubOptions, keys: JWTVerifyGetKey): Promise<boolean> {
    const { issuer, serviceAccount } = options;
    try {
      const { payload } = await jwtVerify(token, keys, {
        ...{ issuer, audience: this.audience, algorithms: ['RS256'] },
        ...{ requiredClaims: ['exp'], clockTolerance: toleranceSeconds },
      });
      return isOurPusher(payload, serviceAccount);
    } catch (cause) {
      if (isWithoutKeys(cause))
        throw new EvergrantError('SERVICE_UNAVAILABLE', {
          ...{ reason: 'google_keys', retryAfterSeconds: 10, cause },
        });
      return false;
    }
  }
}

/** Kept for ten minutes, and asked for anew for a key that is not among them, twice a minute at most. */
function remoteKeys({ certsUrl, proxy }: PubsubOptions): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(certsUrl), {
    timeoutDuration: keysTimeoutMs,
    [customFetch]: fetchThrough(proxy),
  });
}

function fetchThrough(proxy: OutboundProxy | null): FetchImplementation {
  const options = { connectTimeoutMs: keysTimeoutMs, maxResponseSize: mostKeyBytes };
  const dispatcher = outboundAgent({ ...options, proxy });
  // Node's own fetch takes no agent of another undici.
  return async (url, { headers, method, redirect, signal }) => {
    const answer = await fetch(url, { headers: [...headers], method, redirect, signal, dispatcher });
    return new Response(await answer.arrayBuffer(), { status: answer.status });
  };
}
