import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Subject } from 'rxjs';
import { Clock } from '../../resilience/index.js';
import { covers, type LiveToken } from '../store/live-token.js';

const capacity = 50_000;
const maximumAgeMs = 60_000;

/** Access tokens in memory: bounded, and no entry older than a minute. */
@Injectable()
export class TokenCache {
  private readonly tokens: LRUCache<string, LiveToken>;
  /** The transactions that changed credentials lately: what was read before one of them comes too late to be kept. */
  private readonly changes: LRUCache<string, ReadonlySet<bigint>>;
  /** Credentials that were changed, whether a token of theirs was in memory or not. */
  readonly dropped = new Subject<string>();
  /** Whether memory held a token that was asked for. */
  readonly answers = new Subject<'hit' | 'miss'>();

  constructor(clock: Clock) {
    const bounds = {
      max: capacity,
      ttl: maximumAgeMs,
      ttlResolution: 0,
      perf: { now: () => clock.monotonicMs() },
    };
    this.tokens = new LRUCache(bounds);
    this.changes = new LRUCache(bounds);
  }

  get(credentialId: string): LiveToken | undefined {
    const token = this.tokens.get(credentialId);
    this.answers.next(token ? 'hit' : 'miss');
    return token;
  }

  /** The token if it is what the caller needs; counted only then, since one who gets none asks on. */
  peek(credentialId: string, suffices: (token: LiveToken) => boolean): LiveToken | null {
    const token = this.tokens.get(credentialId);
    if (!token || !suffices(token)) return null;
    this.answers.next('hit');
    return token;
  }

  set(credentialId: string, token: LiveToken): void {
    const changes = this.changes.get(credentialId) ?? [];
    // In doubt which of the two came later, the next caller looks into the database.
    if ([...changes].every((transactionId) => covers(token, transactionId)))
      this.tokens.set(credentialId, token);
    else this.tokens.delete(credentialId);
  }

  drop(credentialId: string): void {
    this.tokens.delete(credentialId);
    this.dropped.next(credentialId);
  }

  /** Drops what a transaction has changed, unless the token in memory is what that transaction wrote, or later. */
  dropChanged(credentialId: string, transactionId: bigint): void {
    const token = this.tokens.get(credentialId);
    if (token?.asOf.own === transactionId) return;
    // Transactions commit in another order than they begin, so the last one does not speak for those before it.
    this.changes.set(credentialId, new Set(this.changes.get(credentialId)).add(transactionId));
    if (!token || !covers(token, transactionId)) this.drop(credentialId);
  }
}
