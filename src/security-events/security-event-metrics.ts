import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { labelCombinations, MetricsRegistry } from '../metrics/index.js';
import { eventNames } from './event-types.js';
import { setErrorCodes, type SetErrorCode } from './token/refusal.js';

/** What became of an event: grants were marked, none was concerned, or it had come before. */
export const eventOutcomes = ['applied', 'no_match', 'repeated'] as const;
export type EventOutcome = (typeof eventOutcomes)[number];

/** Counts the security events that come, and those that are refused. */
@Injectable()
export class SecurityEventMetrics {
  private readonly received: Counter<'type' | 'outcome'>;
  private readonly refusals: Counter<'code'>;

  constructor(registry: MetricsRegistry) {
    const registers = [registry];
    this.received = new Counter({
      name: 'evergrant_security_events_total',
      help: 'Security events of Google by type, and whether grants or sessions were concerned',
      labelNames: ['type', 'outcome'],
      registers,
    });
    this.refusals = new Counter({
      name: 'evergrant_security_events_refused_total',
      help: 'Security event tokens that were refused, by the code of RFC 8935',
      labelNames: ['code'],
      registers,
    });
    for (const series of labelCombinations({ type: eventNames, outcome: eventOutcomes }))
      this.received.inc(series, 0);
    for (const code of setErrorCodes) this.refusals.inc({ code }, 0);
  }

  countReceived(type: string, outcome: EventOutcome): void {
    this.received.inc({ type, outcome });
  }

  countRefused(code: SetErrorCode): void {
    this.refusals.inc({ code });
  }
}
