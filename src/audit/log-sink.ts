import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LineBudget } from '../logging/index.js';
import { Clock, Recurrence } from '../resilience/index.js';
import { presentedKinds, type AuditEvent, type Presented } from './audit-event.js';
import type { AuditSink } from './audit-trail.js';
import { auditEvents, eventLine } from './event-line.js';

/** For each kind of what is presented. A flood of wrong keys costs its sender nothing, and must not fill a disk. */
const refusalLinesPerMinute = 60;
const tellEveryMs = 60_000;

/** Writes events to the log, a line each: the stable field `event` tells them from all other lines. */
@Injectable()
export class LogSink implements AuditSink, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('AuditTrail');
  private readonly refusals = Object.fromEntries(
    presentedKinds.map((kind) => [kind, new LineBudget(refusalLinesPerMinute)]),
  ) as Record<Presented, LineBudget>;
  private readonly telling = new Recurrence(tellEveryMs, async () => {
    for (const kind of presentedKinds)
      this.tellOmitted(kind, this.refusals[kind].leftOut(this.clock.monotonicMs()));
  });

  constructor(private readonly clock: Clock) {}

  onApplicationBootstrap(): void {
    this.telling.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.telling.stop();
    for (const kind of presentedKinds) this.tellOmitted(kind, this.refusals[kind].close());
  }

  write(event: AuditEvent): void {
    if (event.event === 'caller.refused') {
      const { admitted, omitted } = this.refusals[event.presented].take(this.clock.monotonicMs());
      this.tellOmitted(event.presented, omitted);
      if (!admitted) return;
    }
    this.logger[auditEvents[event.event].level](eventLine(event));
  }

  private tellOmitted(presented: Presented, count: number): void {
    if (count > 0) this.write({ event: 'caller.refusals_omitted', presented, count });
  }
}
