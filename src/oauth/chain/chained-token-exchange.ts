import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock, Deadline } from '../../resilience/index.js';
import { LocalTokenExchange, type AttemptLimits } from '../local/local-token-exchange.js';
import { RemoteTokenExchange } from '../remote/remote-token-exchange.js';
import { isServiceFailure, type ServiceFailure } from '../service/service-failure.js';
import { timeBudget } from '../time-budget.js';
import {
  TokenExchange,
  type CodeExchangeOutcome,
  type CodeExchangeRequest,
  type RecalledAttempt,
  type RefreshOutcome,
  type RefreshRequest,
  type Rejected,
  type Unavailable,
} from '../token-exchange.js';
import { ExchangeEvents, type ExchangeRecord } from './exchange-events.js';
import { OAuthServiceBreaker } from './oauth-service-breaker.js';

/**
 * The OAuth service first, the provider directly when the service cannot answer. A verdict is final, by whichever
 * path it came; what may spend a token is repeated only when it provably never left.
 */
@Injectable()
export class ChainedTokenExchange extends TokenExchange {
  constructor(
    private readonly remote: RemoteTokenExchange,
    private readonly breaker: OAuthServiceBreaker,
    private readonly direct: LocalTokenExchange,
    private readonly events: ExchangeEvents,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async refresh(request: RefreshRequest): Promise<RefreshOutcome> {
    return this.recorded('refresh', async () => {
      const deadline = new Deadline(this.clock, timeBudget.refreshMs);
      const answer = await this.breaker.run(() => this.remote.refresh(request, timeBudget.longestServiceMs));
      const outcome = isLost(answer) ? await this.recallLost(request, answer, deadline) : answer;
      if (outcome.status !== 'unavailable' || !mayGoDirect(outcome, request.singleUse)) return outcome;
      return this.directly(outcome, deadline, (limits) => this.direct.refresh(request, limits));
    });
  }

  override async exchangeCode(request: CodeExchangeRequest): Promise<CodeExchangeOutcome> {
    return this.recorded('exchange-code', async () => {
      const deadline = new Deadline(this.clock, timeBudget.refreshMs);
      const outcome = await this.breaker.run(() =>
        this.remote.exchangeCode(request, timeBudget.longestServiceMs),
      );
      if (isLost(outcome)) return unknownOutcome(outcome);
      if (outcome.status !== 'unavailable' || !mayGoDirect(outcome, true)) return outcome;
      return this.directly(outcome, deadline, (limits) => this.direct.exchangeCode(request, limits));
    });
  }

  /** Presents the token once more, as an attempt of its own: the verdict's would only be answered again. */
  override async confirm(request: RefreshRequest, verdict: Rejected): Promise<RefreshOutcome> {
    const again = { ...request, attemptId: randomUUID() };
    return this.recorded('confirm', async () => {
      if (request.singleUse) return noSecondOpinion;
      return verdict.path === 'oauth-service'
        ? this.direct.refresh(again, { limitMs: timeBudget.confirmationMs })
        : this.breaker.run(() => this.remote.refresh(again, timeBudget.confirmationMs));
    });
  }

  /**
   * Asks this process's memory and the OAuth service's, also past an open breaker: no other place knows the answer.
   */
  override async recall(attemptId: string): Promise<RecalledAttempt> {
    const own = await this.direct.recall(attemptId);
    if (own.status === 'running' || (own.status === 'settled' && own.outcome.status === 'refreshed'))
      return own;
    const remote = await this.remote.recall(attemptId, timeBudget.recallMs);
    return remote.status === 'settled' || remote.status === 'running' || own.status === 'unknown'
      ? remote
      : own;
  }

  /** The request may have reached the provider, and its answer got lost: the service is asked what became of it. */
  private async recallLost(
    { attemptId, singleUse }: RefreshRequest,
    lost: ServiceFailure,
    deadline: Deadline,
  ): Promise<RefreshOutcome> {
    const reserveMs = timeBudget.recallMs + (singleUse ? 0 : timeBudget.providerMs);
    for (;;) {
      const recalled = await this.remote.recall(attemptId, timeBudget.recallMs);
      if (recalled.status === 'settled') return recalled.outcome;
      if (recalled.status !== 'running' || deadline.leftMs() < reserveMs) break;
      await pause(timeBudget.recallPollMs);
    }
    return singleUse ? unknownOutcome(lost) : lost;
  }

  private async directly<T extends RefreshOutcome | CodeExchangeOutcome>(
    before: Unavailable,
    deadline: Deadline,
    present: (limits: Partial<AttemptLimits>) => Promise<T>,
  ): Promise<T | Unavailable> {
    this.events.fallback(before.reason);
    const limitMs = Math.min(timeBudget.providerMs, deadline.leftMs());
    // The service has asked the provider three times already, so once more has to do.
    const isServiceDown = isServiceFailure(before);
    const answer = await present(isServiceDown ? { limitMs } : { limitMs, maxAttempts: 1 });
    const outcome = isServiceDown ? { ...answer, afterServiceFailure: true as const } : answer;
    if (outcome.status !== 'unavailable') return outcome;
    return { ...outcome, provablyNotSent: outcome.provablyNotSent && before.provablyNotSent };
  }

  private async recorded<T extends RefreshOutcome | CodeExchangeOutcome>(
    operation: ExchangeRecord['operation'],
    exchange: () => Promise<T>,
  ): Promise<T> {
    const startedAtMs = this.clock.monotonicMs();
    const outcome = await exchange();
    const { status, path } = outcome;
    const durationMs = this.clock.monotonicMs() - startedAtMs;
    const { errorCode, reason } = 'errorCode' in outcome ? outcome : { errorCode: null, reason: null };
    this.events.outcome({ operation, path, status, errorCode, reason, durationMs });
    return outcome;
  }
}

const noSecondOpinion: Unavailable = {
  status: 'unavailable',
  path: 'direct',
  errorCode: 'SERVICE_UNAVAILABLE',
  reason: 'single_use_token',
  retryAfterSeconds: null,
  provablyNotSent: true,
};

/** Whether the service failed in a way that leaves open what became of the request. */
function isLost(outcome: RefreshOutcome | CodeExchangeOutcome): outcome is ServiceFailure {
  return isServiceFailure(outcome) && !outcome.provablyNotSent;
}

function unknownOutcome(lost: ServiceFailure): ServiceFailure {
  return { ...lost, errorCode: 'SERVICE_UNAVAILABLE', reason: 'outcome_unknown' };
}

function mayGoDirect(outcome: Unavailable, singleUse: boolean): boolean {
  if (singleUse && !outcome.provablyNotSent) return false;
  // The provider's Retry-After holds for either path; the service's own does not.
  return isServiceFailure(outcome) || outcome.retryAfterSeconds === null;
}
