import { Injectable } from '@nestjs/common';
import { RefreshObstaclesReader } from '../../credentials/index.js';
import { OAuthServiceStatus } from '../../oauth/index.js';
import type { FiguresView } from './figures-view.js';
import { InstanceCensus } from './instance-census.js';
import { QuotaUse } from './quota-use.js';

/** How it is at present: as the database knows it, and as this process does. */
@Injectable()
export class PresentFigures {
  constructor(
    private readonly census: InstanceCensus,
    private readonly obstacles: RefreshObstaclesReader,
    private readonly quota: QuotaUse,
    private readonly oauthService: OAuthServiceStatus,
  ) {}

  /** Of one tenant, or, with null, of all. */
  async of(tenantId: string | null): Promise<FiguresView['now']> {
    const [instances, obstacles, quota] = await Promise.all([
      this.census.byState(tenantId),
      this.obstacles.read(tenantId),
      this.quota.most(tenantId),
    ]);
    return { instances, oauthServiceBreaker: this.oauthService.breaker, ...obstacles, quota };
  }
}
