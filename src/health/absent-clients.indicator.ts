import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';

/** Tells which OAuth clients of the deployment are not configured any more; the composition says who does. */
export abstract class AbsentClientsReport {
  abstract list(): Promise<readonly { clientId: string; grants: number }[]>;
}

/** Grants that no configured OAuth client can refresh, as Terminus reports them: `degraded`, since all others serve. */
@Injectable()
export class AbsentClientsIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly report: AbsentClientsReport,
  ) {}

  async check(): Promise<HealthIndicatorResult<'oauthClients'>> {
    const indicator = this.indicators.check('oauthClients');
    // Without the database nothing is known of them, and that it is away is said beside this.
    const found = await this.report.list().catch(() => []);
    const absent = found.map(({ clientId, grants }) => ({ clientId, grants }));
    return absent.length === 0
      ? indicator.up()
      : indicator.degraded({ absent, variable: 'GOOGLE_FORMER_CLIENTS' });
  }
}
