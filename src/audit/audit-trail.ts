import { Inject, Injectable } from '@nestjs/common';
import type { AuditEvent } from './audit-event.js';

/** Keeps or counts events. It handles its own failures: what was done is done, whether or not it could be written. */
export interface AuditSink {
  write(event: AuditEvent): void;
}

/** Provides every {@link AuditSink}. */
export const auditSinks = Symbol('auditSinks');

/** Where modules say what was done, and by whom. */
@Injectable()
export class AuditTrail {
  constructor(@Inject(auditSinks) private readonly sinks: readonly AuditSink[]) {}

  record(event: AuditEvent): void {
    for (const sink of this.sinks) sink.write(event);
  }
}
