import { Injectable } from '@nestjs/common';
import { Clock, Deadline } from '../../resilience/index.js';
import { repeatTokenRequest } from '../http/repeat-token-request.js';
import { ProviderRegistry } from '../providers/index.js';
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
import { AttemptRegistry } from './attempt-registry.js';
import { ProviderBreakers } from './provider-breakers.js';
import { UnlistedCodes } from './unlisted-codes.js';

export interface AttemptLimits {
  /** For all attempts together, the pauses between them included. */
  limitMs: number;
  maxAttempts: number;
}

const usualLimits: AttemptLimits = {
  limitMs: timeBudget.providerMs,
  maxAttempts: timeBudget.maxAttempts,
};

/** Goes straight to the provider that a request names: path `direct`. */
@Injectable()
export class LocalTokenExchange extends TokenExchange {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly attempts: AttemptRegistry,
    private readonly breakers: ProviderBreakers,
    private readonly clock: Clock,
    private readonly unlistedCodes: UnlistedCodes,
  ) {
    super();
  }

  /** The same attempt id joins the running attempt or gets its kept outcome; it is never presented again. */
  override async refresh(
    request: RefreshRequest,
    limits: Partial<AttemptLimits> = {},
  ): Promise<RefreshOutcome> {
    const provider = this.providers.get(request.provider);
    const mayRepeat = request.singleUse ? wasNotSent : mayBeAskedAgain;
    return this.attempts.join(request, () =>
      this.breakers.run(request, () =>
        repeatTokenRequest({ ...this.within(limits), mayRepeat }, async (deadline) =>
          this.unlistedCodes.noting(provider.name, await provider.refresh(request, deadline)),
        ),
      ),
    );
  }

  /** Nothing but the direct path is known here, so there is no second opinion to be had. */
  override async confirm(): Promise<RefreshOutcome> {
    return {
      status: 'unavailable',
      path: 'direct',
      errorCode: 'SERVICE_UNAVAILABLE',
      reason: 'no_other_path',
      retryAfterSeconds: null,
      provablyNotSent: true,
    };
  }

  override async recall(attemptId: string): Promise<RecalledAttempt> {
    return this.attempts.recall(attemptId);
  }

  /**
   * A code is presented again after a transient failure. If the first time spent it after all, the second is answered
   * `invalid_grant`, and what the first gave is ended (RFC 6749 section 4.1.2): a person is asked once more, as they
   * would be without the repetition.
   */
  override async exchangeCode(
    request: CodeExchangeRequest,
    limits: Partial<AttemptLimits> = {},
  ): Promise<CodeExchangeOutcome> {
    const provider = this.providers.get(request.provider);
    return this.breakers.run(request, () =>
      repeatTokenRequest({ ...this.within(limits), mayRepeat: isTransient }, async (deadline) =>
        this.unlistedCodes.noting(provider.name, await provider.exchangeCode(request, deadline)),
      ),
    );
  }

  private within(limits: Partial<AttemptLimits>) {
    const { limitMs, maxAttempts } = { ...usualLimits, ...limits };
    return { deadline: new Deadline(this.clock, limitMs), maxAttempts };
  }
}

/** An unforeseen answer would only come again. */
function isTransient(outcome: Rejected | Unavailable): outcome is Unavailable {
  return (
    outcome.status === 'unavailable' && outcome.errorCode !== 'UNKNOWN_ERROR' && outcome.isUnlisted !== true
  );
}

function mayBeAskedAgain(outcome: Rejected | Unavailable, attempts: number): boolean {
  return isTransient(outcome) || (outcome.errorCode === 'INVALID_REQUEST' && attempts === 1);
}

/** A single-use refresh token is spent by being presented. */
function wasNotSent(outcome: Rejected | Unavailable): boolean {
  return isTransient(outcome) && outcome.provablyNotSent;
}
