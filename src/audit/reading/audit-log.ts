import { Injectable } from '@nestjs/common';
import { selectList, TenantDatabase } from '../../database/index.js';
import { auditEntry } from '../chain/audit-entry.js';
import type { AuditEntry } from '../chain/chain-link.js';

const entriesAtOnce = 500;

/** Which events are asked for; what is absent narrows nothing. */
export interface AuditFilter {
  limit: number;
  /** Only those before this sequence. */
  before?: number | undefined;
  event?: string | undefined;
  /** The id of a key, token or person, or a kind of actor. */
  actor?: string | undefined;
  instanceId?: string | undefined;
  /** From this instant on. */
  from?: Date | undefined;
  /** Up to this instant, which is not in it. */
  to?: Date | undefined;
}

/** What was done in a tenant. Every query is bound to one. */
@Injectable()
export class AuditLog {
  constructor(private readonly database: TenantDatabase) {}

  /** The newest first. @returns also where the next page begins, null on the last one */
  async page(
    tenantId: string,
    filter: AuditFilter,
  ): Promise<{ items: AuditEntry[]; nextBefore: number | null }> {
    const found = await this.database.rows<AuditEntry>(
      tenantId,
      `SELECT ${selectList(auditEntry)} FROM audit_events
       WHERE tenant_id = $1 AND ($2::bigint IS NULL OR audit_events.sequence < $2)
         AND ($3::text IS NULL OR event = $3)
         AND ($4::text IS NULL OR actor ->> 'id' = $4 OR actor ->> 'kind' = $4)
         AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
         ${filter.instanceId === undefined ? '' : 'AND instance_id = $8'}
       ORDER BY audit_events.sequence DESC LIMIT $7`,
      [
        ...[tenantId, filter.before ?? null, filter.event ?? null, filter.actor ?? null],
        ...[filter.from ?? null, filter.to ?? null, filter.limit + 1],
        ...(filter.instanceId === undefined ? [] : [filter.instanceId]),
      ],
    );
    const items = found.slice(0, filter.limit);
    const last = items.at(-1);
    return { items, nextBefore: found.length > items.length && last ? last.sequence : null };
  }

  /** The events after a sequence, the oldest first, read as they are taken; those that come meanwhile too. */
  async *after(tenantId: string, sequence: number): AsyncGenerator<AuditEntry, void, undefined> {
    for (let reached = sequence; ;) {
      const found = await this.database.rows<AuditEntry>(
        tenantId,
        `SELECT ${selectList(auditEntry)} FROM audit_events WHERE tenant_id = $1 AND audit_events.sequence > $2
         ORDER BY audit_events.sequence LIMIT ${entriesAtOnce}`,
        [tenantId, reached],
      );
      yield* found;
      const last = found.at(-1);
      if (last === undefined || found.length < entriesAtOnce) return;
      reached = last.sequence;
    }
  }
}
