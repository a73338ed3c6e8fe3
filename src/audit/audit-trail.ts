import { Inject, Injectable, Optional } from '@nestjs/common';
import type { AuditEvent, ChainedEvent } from './audit-event.js';
import { LateRecords } from './late-records.js';

/** Keeps or counts events. It handles its own failures: what was done is done, whether or not it could be written. */
export interface AuditSink {
  write(event: AuditEvent): void;
}

/** Provides every {@link AuditSink}. */
export const auditSinks = Symbol('auditSinks');

/** Where modules say what was done, and by whom. */
@Injectable()
export class AuditTrail {
  constructor(
    @Inject(auditSinks) private readonly sinks: readonly AuditSink[],
    @Optional() @Inject(LateRecords) private readonly late: LateRecords | null = null,
  ) {}

  /** Tells the log and the metrics: of what is in a chain already, or belongs to no tenant. */
  record(event: AuditEvent): void {
    for (const sink of this.sinks) sink.write(event);
  }

  /**
   * Tells of what was done already, and appends it to the chain of the tenant that its actor acts in. Resolves when it
   * is there, or could not be put there, which is an error in the log and counted; never rejects.
   */
  async keep(...events: readonly ChainedEvent[]): Promise<void> {
    for (const event of events) this.record(event);
    await this.late?.append(events);
  }
}
