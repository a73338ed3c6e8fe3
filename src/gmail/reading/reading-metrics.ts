import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { MetricsRegistry } from '../../metrics/index.js';
import { leftOutBounds, type LeftOut } from './left-out.js';

/** How often mail goes beyond what it may cost to read. */
@Injectable()
export class ReadingMetrics {
  private readonly messages: Counter<'bound'>;

  constructor(registry: MetricsRegistry) {
    this.messages = new Counter({
      name: 'evergrant_mail_left_out_total',
      help: 'Messages of which something was left out, by the bound that they went beyond',
      labelNames: ['bound'],
      registers: [registry],
    });
    for (const bound of leftOutBounds) this.messages.inc({ bound }, 0);
  }

  /** Counts a message, once for each bound. */
  leftOut(bounds: readonly LeftOut[]): void {
    for (const bound of bounds) this.messages.inc({ bound });
  }
}
