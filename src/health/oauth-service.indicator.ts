import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { OAuthServiceStatus } from '../oauth/index.js';

/**
 * The OAuth service as Terminus reports it: never `down`, since the direct path serves without it. Where something else
 * answers in its place, `variable` names what is likely set wrong.
 */
@Injectable()
export class OAuthServiceIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly service: OAuthServiceStatus,
  ) {}

  async check(): Promise<HealthIndicatorResult<'oauthService'>> {
    const indicator = this.indicators.check('oauthService');
    const hello = await this.service.hello();
    const { breaker } = this.service;
    const answers = hello.status === 'proven';
    if (answers && breaker === 'closed') return indicator.up({ answers, breaker });
    if (hello.status === 'proven') return indicator.degraded({ answers, breaker });
    const { failure, variable } = hello;
    return indicator.degraded({ answers, breaker, reason: failure.reason, variable });
  }
}
