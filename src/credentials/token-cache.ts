import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Subject } from 'rxjs';
import { Clock } from '../resilience/index.js';
import { CredentialMetrics } from './credential-metrics.js';
import type { LiveToken } from './live-token.js';

const capacity = 50_000;
const maximumAgeMs = 60_000;

/** Access tokens in memory: bounded, and no entry older than a minute. */
@Injectable()
export class TokenCache {
  private readonly tokens: LRUCache<string, LiveToken>;
  /** Credentials that have changed, whether a token of theirs was in memory or not. */
  readonly dropped = new Subject<string>();

  constructor(
    clock: Clock,
    private readonly metrics: CredentialMetrics,
  ) {
    this.tokens = new LRUCache({
      max: capacity,
      ttl: maximumAgeMs,
      ttlResolution: 0,
      perf: { now: () => clock.monotonicMs() },
    });
  }

  get(credentialId: string): LiveToken | undefined {
    const token = this.tokens.get(credentialId);
    this.metrics.cacheAnswered(token ? 'hit' : 'miss');
    return token;
  }

  set(credentialId: string, token: LiveToken): void {
    this.tokens.set(credentialId, token);
  }

  drop(credentialId: string): void {
    this.tokens.delete(credentialId);
    this.dropped.next(credentialId);
  }
}
