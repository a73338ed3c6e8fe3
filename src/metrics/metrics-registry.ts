import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';

/**
 * Holds the metrics of one application: those of the process, and what the modules register here
 * (`registers: [registry]`). Names begin with `evergrant_`. No label may tell a tenant, an instance or an
 * account apart, nor take values that come from outside.
 */
@Injectable()
export class MetricsRegistry extends Registry {
  constructor() {
    super();
    collectDefaultMetrics({ register: this, prefix: 'evergrant_' });
  }
}
