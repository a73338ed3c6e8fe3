import { Injectable } from '@nestjs/common';
import type { Hello } from '../service/classify-hello.js';
import { ServiceProof } from '../service/service-proof.js';
import type { BreakerState } from './exchange-events.js';
import { OAuthServiceBreaker } from './oauth-service-breaker.js';

/** How the OAuth service is, for health and metrics. */
@Injectable()
export class OAuthServiceStatus {
  constructor(
    private readonly proof: ServiceProof,
    private readonly serviceBreaker: OAuthServiceBreaker,
  ) {}

  get breaker(): BreakerState {
    return this.serviceBreaker.state;
  }

  /** Has it prove now that it is there and ours; 2 seconds at most. Never rejects. */
  hello(): Promise<Hello> {
    return this.proof.ask();
  }

  async isUp(): Promise<boolean> {
    return (await this.hello()).status === 'proven';
  }
}
