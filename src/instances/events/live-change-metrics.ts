import { Injectable, Logger } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { ChangeLog } from '../../database/index.js';
import { MetricsRegistry } from '../../metrics/index.js';

/** How far behind live changes are, which wait until they have settled; the same from every process. */
@Injectable()
export class LiveChangeMetrics {
  private readonly logger = new Logger(LiveChangeMetrics.name);

  constructor(registry: MetricsRegistry, log: ChangeLog) {
    const lagSeconds = () => this.orUnknown(log.lagSeconds());
    new Gauge({
      name: 'evergrant_change_feed_lag_seconds',
      help: 'Age of the oldest change that waits for an older transaction to end, anywhere in the cluster; the same from every process',
      registers: [registry],
      async collect() {
        this.set(await lagSeconds());
      },
    });
  }

  /** While the database does not answer, the other metrics are needed most. */
  private async orUnknown(lag: Promise<number>): Promise<number> {
    try {
      return await lag;
    } catch (cause) {
      this.logger.warn({ msg: 'The lag of the feed could not be read', cause: String(cause) });
      return Number.NaN;
    }
  }
}
