import { z } from 'zod';
import { errorSchema } from '../errors/index.js';

/** A probe's answer while all is well. */
export const probeView = z.object({ status: z.literal('ok') }).meta({ id: 'Probe' });

const indicators = z
  .record(z.string(), z.looseObject({ status: z.enum(['up', 'degraded', 'down']) }))
  .meta({ id: 'HealthIndicators', description: 'What was asked, and what each said' });

export const healthView = z
  .object({
    status: z.enum(['ok', 'degraded']),
    info: indicators.optional().describe('Those that are up or degraded'),
    error: indicators.optional().describe('Those that are down: none'),
    details: indicators,
  })
  .meta({ id: 'Health' });
export type HealthView = z.output<typeof healthView>;

export const unhealthyView = errorSchema
  .extend({ status: z.enum(['error', 'shutting_down']), details: indicators })
  .meta({ id: 'Unhealthy', description: 'An error as any other, then the report' });
