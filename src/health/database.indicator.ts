import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, TypeOrmHealthIndicator, type HealthIndicatorResult } from '@nestjs/terminus';

const pingTimeoutMs = 2_000;

/** The database as Terminus reports it, without the driver's message: probes are answered without a key. */
@Injectable()
export class DatabaseIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly typeOrm: TypeOrmHealthIndicator,
  ) {}

  async check(): Promise<HealthIndicatorResult<'database'>> {
    const { database } = await this.typeOrm.pingCheck('database').withTimeout(pingTimeoutMs);
    const indicator = this.indicators.check('database');
    return database.status === 'up' ? indicator.up() : indicator.down();
  }
}
