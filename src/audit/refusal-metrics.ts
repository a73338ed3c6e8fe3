import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { MetricsRegistry } from '../metrics/index.js';
import { presentedKinds, type AuditEvent } from './audit-event.js';
import type { AuditSink } from './audit-trail.js';

/** Counts refused callers, those too that the log leaves out. */
@Injectable()
export class RefusalMetrics implements AuditSink {
  private readonly refusals: Counter<'presented'>;

  constructor(registry: MetricsRegistry) {
    this.refusals = new Counter({
      name: 'evergrant_refused_callers_total',
      help: 'Callers refused for what they presented: login, api-key, session, connect-session, mcp-token, oauth-service-token',
      labelNames: ['presented'],
      registers: [registry],
    });
    // A series that begins with its first refusal has no rise to alert on.
    for (const presented of presentedKinds) this.refusals.inc({ presented }, 0);
  }

  write(event: AuditEvent): void {
    if (event.event === 'caller.refused') this.refusals.inc({ presented: event.presented });
  }
}
