import { Gauge } from 'prom-client';
import { version } from '../../config/index.js';
import type { MetricsRegistry } from '../../metrics/index.js';

/** Says beside all other metrics which release they are of. */
export function measureBuild(registry: MetricsRegistry): void {
  const build = new Gauge({
    name: 'evergrant_build_info',
    help: '1, with the release that runs',
    labelNames: ['version'],
    registers: [registry],
  });
  build.set({ version }, 1);
}
