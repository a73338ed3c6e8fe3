import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { EvergrantError } from '../../errors/index.js';
import { Clock, Deadline } from '../../resilience/index.js';
import { timeBudget } from '../time-budget.js';
import type { RecalledAttempt, RefreshOutcome, RefreshRequest } from '../token-exchange.js';
import { SharedOutcomes } from './shared-outcomes.js';

const keptForMs = 600_000;
const capacity = 20_000;

interface Attempt {
  /** Digest of what was presented: an attempt's id stands for one request only. */
  request: string;
  outcome: Promise<RefreshOutcome>;
}

/**
 * Refreshes by attempt id: those that run, and for ten minutes the outcomes of those that ended, whether a caller
 * still waited for them or not. The same id never leads to a second presentation here; where replicas share what they
 * know, one of a single-use token leads to none at another replica either.
 */
@Injectable()
export class AttemptRegistry {
  private readonly running = new Map<string, Attempt>();
  private readonly sharing = new Set<Promise<void>>();
  private readonly settled: LRUCache<string, Attempt & { result: RefreshOutcome }>;

  constructor(
    private readonly clock: Clock,
    private readonly shared: SharedOutcomes,
  ) {
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
    if (known === undefined) return this.begin(request, start);
    if (known.request === digest(request)) return known.outcome;
    throw new EvergrantError('CONFLICT', { reason: 'attempt_id_reused' });
  }

  recall(attemptId: string): Promise<RecalledAttempt> {
    if (this.running.has(attemptId)) return Promise.resolve({ status: 'running' });
    const settled = this.settled.get(attemptId);
    return settled
      ? Promise.resolve({ status: 'settled', outcome: settled.result })
      : this.shared.recall(attemptId);
  }

  /** Resolves when the attempts that run now have come to their ends, and other replicas know of these. */
  async drained(): Promise<void> {
    await Promise.allSettled([...this.running.values()].map(({ outcome }) => outcome));
    await Promise.all(this.sharing);
  }

  private begin(request: RefreshRequest, start: () => Promise<RefreshOutcome>): Promise<RefreshOutcome> {
    const { attemptId } = request;
    const presented = digest(request);
    const outcome = this.present(request, presented, start)
      .then((result) => {
        this.settled.set(attemptId, { request: presented, outcome, result });
        return result;
      })
      .finally(() => this.running.delete(attemptId));
    this.running.set(attemptId, { request: presented, outcome });
    return outcome;
  }

  /**
   * What rotates is shared, and handed on meanwhile: until either is done this process alone has it. What may be
   * presented again need not be remembered.
   */
  private async present(
    { attemptId, singleUse }: RefreshRequest,
    presented: string,
    start: () => Promise<RefreshOutcome>,
  ): Promise<RefreshOutcome> {
    if (singleUse && !(await this.shared.begin(attemptId, presented))) return this.elsewhere(attemptId);
    const outcome = await start();
    const rotated = outcome.status === 'refreshed' && outcome.tokens.refreshToken !== null;
    if (singleUse || rotated) this.share(this.shared.settle(attemptId, presented, outcome));
    return outcome;
  }

  private share(settled: Promise<void>): void {
    const sharing = settled.finally(() => this.sharing.delete(sharing));
    this.sharing.add(sharing);
  }

  /** Another replica presents the token, or died over it. */
  private async elsewhere(attemptId: string): Promise<RefreshOutcome> {
    const deadline = new Deadline(this.clock, timeBudget.providerMs);
    for (;;) {
      const recalled = await this.shared.recall(attemptId);
      if (recalled.status === 'settled') return recalled.outcome;
      if (recalled.status === 'unknown' || deadline.leftMs() < timeBudget.recallPollMs) return begunElsewhere;
      await pause(timeBudget.recallPollMs);
    }
  }
}

const begunElsewhere: RefreshOutcome = {
  status: 'unavailable',
  path: 'direct',
  errorCode: 'SERVICE_UNAVAILABLE',
  reason: 'outcome_unknown',
  retryAfterSeconds: null,
  provablyNotSent: false,
};

function digest({ provider, client, refreshToken, scopes }: RefreshRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([provider, client.clientId, refreshToken, scopes ?? null]))
    .digest('base64');
}
