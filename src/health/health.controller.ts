import { Controller, Get, UseFilters } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { ErrorFilter, restRendering } from '../errors/index.js';
import { DatabaseIndicator } from './database.indicator.js';
import { OAuthServiceIndicator } from './oauth-service.indicator.js';
import { orUnhealthy } from './unhealthy.js';

/** Whether this process and what it stands on can serve. */
@Controller('health')
@UseFilters(
  new ErrorFilter({ ...restRendering, logContext: 'UnhealthyFilter', logMessage: 'Health check failed' }),
)
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
    await orUnhealthy(this.health.check([() => this.database.check()]));
    return { status: 'ok' };
  }

  /** `ok`, or `degraded` while the OAuth service does not answer or its breaker is not closed. */
  @Get()
  @HealthCheck()
  overall(): Promise<HealthCheckResult> {
    return orUnhealthy(this.health.check([() => this.database.check(), () => this.oauthService.check()]));
  }
}
