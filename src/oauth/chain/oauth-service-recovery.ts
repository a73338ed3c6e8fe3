import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ServiceProof } from '../service/service-proof.js';
import { ExchangeEvents } from './exchange-events.js';
import { halfOpenAfterMs, OAuthServiceBreaker } from './oauth-service-breaker.js';

/** Node's timers may be a little ahead of the clock that the breaker reads. */
const probeAfterMs = halfOpenAfterMs + 100;

/**
 * Probes an OAuth service whose breaker is open: the breaker closes also when no token is asked for, and no request for
 * one has to be the probe. The hello costs little and needs the shared secret, since a service that knows another is of
 * no use.
 */
@Injectable()
export class OAuthServiceRecovery implements OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly breaker: OAuthServiceBreaker,
    private readonly proof: ServiceProof,
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
    await this.breaker.tryAgain(async () => {
      const hello = await this.proof.ask();
      return hello.status === 'proven' ? hello : hello.failure;
    });
    // The breaker says nothing when it was too early to try.
    this.probeLater();
  }
}
