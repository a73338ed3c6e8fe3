import { Controller, Get } from '@nestjs/common';
import { HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import { EvergrantError } from '../errors/index.js';

const databaseTimeoutMs = 2_000;

/** Whether this process and what it stands on can serve. */
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
  ) {}

  /** The process can serve: its database answers. */
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    await this.checkDatabase();
    return { status: 'ok' };
  }

  @Get()
  async overall() {
    return this.checkDatabase();
  }

  private async checkDatabase() {
    try {
      return await this.health.check([
        () => this.database.pingCheck('database', { timeout: databaseTimeoutMs }),
      ]);
    } catch (cause) {
      throw new EvergrantError('SERVICE_UNAVAILABLE', { reason: 'database_unavailable', cause });
    }
  }
}
