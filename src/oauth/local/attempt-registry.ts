import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { EvergrantError } from '../../errors/index.js';
import { Clock } from '../../resilience/index.js';
import type { RecalledAttempt, RefreshOutcome, RefreshRequest } from '../token-exchange.js';

const keptForMs = 600_000;
const capacity = 20_000;

interface Attempt {
  /** Digest of what was presented: an attempt's id stands for one request only. */
  request: string;
  outcome: Promise<RefreshOutcome>;
}

/**
 * This process's refreshes by attempt id: those that run, and for ten minutes the outcomes of those that ended,
 * whether anybody still waited for them or not. The same id never leads to a second presentation.
 */
@Injectable()
export class AttemptRegistry {
  private readonly running = new Map<string, Attempt>();
  private readonly settled: LRUCache<string, Attempt & { result: RefreshOutcome }>;

  constructor(clock: Clock) {
    this.settled = new LRUCache({
      max: capacity,
      ttl: keptForMs,
      ttlResolution: 0,
      perf: { now: () => clock.monotonicMs() },
    });
  }

  /**
   * Joins the attempt of this id, or starts it.
   * @throws EvergrantError `CONFLICT` when the id was used for another request
   */
  join(request: RefreshRequest, start: () => Promise<RefreshOutcome>): Promise<RefreshOutcome> {
    const { attemptId } = request;
    const known = this.running.get(attemptId) ?? this.settled.get(attemptId);
    if (known === undefined) return this.begin(attemptId, digest(request), start);
    if (known.request === digest(request)) return known.outcome;
    throw new EvergrantError('CONFLICT', { reason: 'attempt_id_reused' });
  }

  recall(attemptId: string): RecalledAttempt {
    if (this.running.has(attemptId)) return { status: 'running' };
    const settled = this.settled.get(attemptId);
    return settled ? { status: 'settled', outcome: settled.result } : { status: 'unknown' };
  }

  /** Resolves when the attempts that run now have come to their ends. */
  async drained(): Promise<void> {
    await Promise.allSettled([...this.running.values()].map(({ outcome }) => outcome));
  }

  private begin(
    attemptId: string,
    request: string,
    start: () => Promise<RefreshOutcome>,
  ): Promise<RefreshOutcome> {
    const outcome = start()
      .then((result) => {
        this.settled.set(attemptId, { request, outcome, result });
        return result;
      })
      .finally(() => this.running.delete(attemptId));
    this.running.set(attemptId, { request, outcome });
    return outcome;
  }
}

function digest({ provider, client, refreshToken, scopes }: RefreshRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([provider, client.clientId, refreshToken, scopes ?? null]))
    .digest('base64');
}
