import { Controller, Get, UseFilters } from '@nestjs/common';
import { HealthCheck, HealthCheckService } from '@nestjs/terminus';
import { ErrorFilter, restRendering } from '../errors/index.js';
import { AccessFor, Answers, Summary } from '../openapi/index.js';
import { AbsentClientsIndicator } from './absent-clients.indicator.js';
import { DatabaseIndicator } from './database.indicator.js';
import { healthView, probeView, unhealthyView, type HealthView } from './health-view.js';
import { OAuthServiceIndicator } from './oauth-service.indicator.js';
import { orUnhealthy } from './unhealthy.js';

// Terminus would load @nestjs/swagger, where it is installed, to describe what is described here.
const checked = { noCache: true, swaggerDocumentation: false };

/** Whether this process and what it stands on can serve. */
@Controller('health')
@AccessFor('open')
@UseFilters(
  new ErrorFilter({ ...restRendering, logContext: 'UnhealthyFilter', logMessage: 'Health check failed' }),
)
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseIndicator,
    private readonly oauthService: OAuthServiceIndicator,
    private readonly absentClients: AbsentClientsIndicator,
  ) {}

  /** The process can serve: its database answers. Without the OAuth service the direct path serves. */
  @Get('ready')
  @HealthCheck(checked)
  @Summary(
    'Ask whether the process can serve',
    'For readiness probes: 200 while the database answers, also without the OAuth service, since the direct path to Google serves.',
  )
  @Answers({ 200: probeView, 503: unhealthyView })
  async ready(): Promise<{ status: 'ok' }> {
    await orUnhealthy(this.health.check([() => this.database.check()]));
    return { status: 'ok' };
  }

  /**
   * `ok`, or `degraded` while the OAuth service does not answer, its breaker is not closed, or grants belong to OAuth
   * clients that are not configured any more.
   */
  @Get()
  @HealthCheck(checked)
  @Summary(
    'Ask how the process and what it stands on are',
    '200 `ok`, or `degraded` when only the OAuth service or a circuit breaker is down; 503 without the database.',
  )
  @Answers({ 200: healthView, 503: unhealthyView })
  async overall(): Promise<HealthView> {
    const checks = [
      () => this.database.check(),
      () => this.oauthService.check(),
      () => this.absentClients.check(),
    ];
    return healthView.parse(await orUnhealthy(this.health.check(checks)));
  }
}
