import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import { TenantDatabase } from '../database/index.js';
import { MetricsRegistry } from '../metrics/index.js';
import type { ChainedEvent } from './audit-event.js';
import { AuditChain } from './chain/audit-chain.js';

/** Records of what had to be done before it could be recorded, each in a transaction of its own. */
@Injectable()
export class LateRecords {
  private readonly logger = new Logger(LateRecords.name);
  private readonly failures: Counter;

  constructor(
    private readonly database: TenantDatabase,
    private readonly chain: AuditChain,
    registry: MetricsRegistry,
  ) {
    this.failures = new Counter({
      name: 'evergrant_audit_events_lost_total',
      help: 'Events that are in the log and could not be appended to the audit chain of their tenant',
      registers: [registry],
    });
  }

  /** Never rejects. */
  async append(events: readonly ChainedEvent[]): Promise<void> {
    const tenantIds = new Set(events.map(({ actor }) => actor.tenantId));
    for (const tenantId of tenantIds) {
      const own = events.filter(({ actor }) => actor.tenantId === tenantId);
      if (tenantId !== null) await this.appendTo(tenantId, own);
    }
  }

  private async appendTo(tenantId: string, events: readonly ChainedEvent[]): Promise<void> {
    try {
      await this.database.transaction(tenantId, (executor) =>
        this.chain.append(executor, tenantId, ...events),
      );
    } catch (cause) {
      this.failures.inc(events.length);
      this.logger.error({
        msg: 'Events are missing in the audit chain; the log has them',
        tenantId,
        events: events.map(({ event }) => event),
        cause: String(cause),
      });
    }
  }
}
