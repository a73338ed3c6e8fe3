import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { jsonBody } from '../http/http-answer.js';
import { OAuthServiceClient } from '../remote/oauth-service-client.js';
import { timeBudget } from '../time-budget.js';
import type { BreakerState } from './exchange-events.js';
import { OAuthServiceBreaker } from './oauth-service-breaker.js';

const healthSchema = z.object({ status: z.string() });

/** How the OAuth service is, for health and metrics. */
@Injectable()
export class OAuthServiceStatus {
  constructor(
    private readonly client: OAuthServiceClient,
    private readonly serviceBreaker: OAuthServiceBreaker,
  ) {}

  get breaker(): BreakerState {
    return this.serviceBreaker.state;
  }

  /** Asks its `GET /health`; never rejects. */
  async isUp(): Promise<boolean> {
    const answer = await this.client.get('/health', AbortSignal.timeout(timeBudget.serviceStatusMs));
    return (
      answer.status === 'answered' &&
      answer.httpStatus === 200 &&
      healthSchema.safeParse(jsonBody(answer)).success
    );
  }
}
