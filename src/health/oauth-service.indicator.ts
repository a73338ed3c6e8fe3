import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { OAuthServiceStatus } from '../oauth/index.js';

/** The OAuth service as Terminus reports it: never `down`, since the direct path serves without it. */
@Injectable()
export class OAuthServiceIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly service: OAuthServiceStatus,
  ) {}

  async check(): Promise<HealthIndicatorResult<'oauthService'>> {
    const indicator = this.indicators.check('oauthService');
    const answers = await this.service.isUp();
    const { breaker } = this.service;
    return answers && breaker === 'closed'
      ? indicator.up({ answers, breaker })
      : indicator.degraded({ answers, breaker });
  }
}
