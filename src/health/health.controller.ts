import { Controller, Get, UseFilters } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { DatabaseIndicator } from './database.indicator.js';
import { OAuthServiceIndicator } from './oauth-service.indicator.js';
import { UnhealthyFilter } from './unhealthy.filter.js';

/** Whether this process and what it stands on can serve. */
@Controller('health')
@UseFilters(UnhealthyFilter)
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseIndicator,
    private readonly oauthService: OAuthServiceIndicator,
  ) {}

  /** The process can serve: its database answers. Without the OAuth service the direct path serves. */
  @Get('ready')
  @HealthCheck()
  async ready(): Promise<{ status: 'ok' }> {
    await this.health.check([() => this.database.check()]);
    return { status: 'ok' };
  }

  /** `ok`, or `degraded` while the OAuth service does not answer or its breaker is not closed. */
  @Get()
  @HealthCheck()
  overall(): Promise<HealthCheckResult> {
    return this.health.check([() => this.database.check(), () => this.oauthService.check()]);
  }
}
