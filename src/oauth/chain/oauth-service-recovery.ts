import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { z } from 'zod';
import { jsonBody, type HttpAnswer } from '../http/http-answer.js';
import { OAuthServiceClient } from '../remote/oauth-service-client.js';
import { serviceFailure, type ServiceFailure } from '../remote/service-failure.js';
import { timeBudget } from '../time-budget.js';
import { ExchangeEvents } from './exchange-events.js';
import { halfOpenAfterMs, OAuthServiceBreaker } from './oauth-service-breaker.js';

/** Node's timers may be a little ahead of the clock that the breaker reads. */
const probeAfterMs = halfOpenAfterMs + 100;
const providersSchema = z.object({ providers: z.array(z.string()) });

/**
 * Probes an OAuth service whose breaker is open: the breaker closes also when no token is asked for, and no request for
 * one has to be the probe. What is asked for costs little and needs the shared secret, since a service that refuses the
 * secret is of no use.
 */
@Injectable()
export class OAuthServiceRecovery implements OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly breaker: OAuthServiceBreaker,
    private readonly client: OAuthServiceClient,
    events: ExchangeEvents,
  ) {
    events.onBreakerState(() => this.probeLater());
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private probeLater(): void {
    clearTimeout(this.timer);
    if (this.stopped || this.breaker.state !== 'open') return;
    this.timer = setTimeout(() => void this.probe(), probeAfterMs).unref();
  }

  private async probe(): Promise<void> {
    await this.breaker.tryAgain(() => this.ask());
    // The breaker says nothing when it was too early to try.
    this.probeLater();
  }

  private async ask(): Promise<HttpAnswer | ServiceFailure> {
    const answer = await this.client.get('/providers', AbortSignal.timeout(timeBudget.serviceStatusMs));
    if (answer.status !== 'answered') return answer;
    if (answer.httpStatus === 200 && providersSchema.safeParse(jsonBody(answer)).success) return answer;
    return serviceFailure(`http_${answer.httpStatus}`, { provablyNotSent: true, serviceFailed: 'for-good' });
  }
}
