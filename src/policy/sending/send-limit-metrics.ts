import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { MetricsRegistry } from '../../metrics/index.js';
import { sendLimitNames, type SendLimitName } from './send-decision.js';

/** Counts mail that a limit kept from leaving. */
@Injectable()
export class SendLimitMetrics {
  private readonly reached: Counter<'limit'>;

  constructor(registry: MetricsRegistry) {
    this.reached = new Counter({
      name: 'evergrant_send_limits_reached_total',
      help: 'Mail that was not sent, by the limit that it met',
      labelNames: ['limit'],
      registers: [registry],
    });
    // An alert on the first rise needs the zero before it.
    for (const limit of sendLimitNames) this.reached.inc({ limit }, 0);
  }

  count(limit: SendLimitName): void {
    this.reached.inc({ limit });
  }
}
