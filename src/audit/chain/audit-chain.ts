import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { rows, type SqlExecutor } from '../../database/index.js';
import type { ChainedEvent } from '../audit-event.js';
import { AuditOptions } from '../audit-options.js';
import { AuditKeySource, hashedRecipient, sealKey } from './chain-keys.js';
import { hashOf, sealOf, type AuditEntry, type ChainedRecord } from './chain-link.js';
import { toldEvent } from './told-event.js';

interface Head {
  sequence: string;
  hash: string;
  at: string;
}

/** The chains of events, one for each tenant: every event's hash covers that of the one before it. */
@Injectable()
export class AuditChain implements OnApplicationBootstrap {
  constructor(
    private readonly keys: AuditKeySource,
    @Inject(AuditOptions) private readonly options: AuditOptions,
  ) {}

  /** The key is made at its first use, which no transaction that holds a chain's head should wait for. */
  async onApplicationBootstrap(): Promise<void> {
    await this.keys.auditKey();
  }

  /**
   * Appends events to a tenant's chain within the caller's transaction, so that what is done and its record stand or
   * fall together. Make it the transaction's last statement: until the commit, all else that appends for the tenant
   * waits for it.
   */
  async append(executor: SqlExecutor, tenantId: string, ...events: readonly ChainedEvent[]): Promise<void> {
    const auditKey = await this.keys.auditKey();
    const shownRecipient = (address: string) =>
      this.options.hashesRecipients ? hashedRecipient(auditKey, tenantId, address) : address;
    const told = events.map((event) => toldEvent(event, shownRecipient));
    const { at, ...head } = await lockedHead(executor, tenantId);
    const key = sealKey(auditKey);
    let previous = { sequence: Number(head.sequence), hash: head.hash };
    const entries = told.map((event): AuditEntry => {
      const place = { tenantId, sequence: previous.sequence + 1, at, previousHash: previous.hash };
      const record: ChainedRecord = { ...event, ...place };
      const hash = hashOf(record);
      previous = { sequence: record.sequence, hash };
      return { ...record, hash, seal: sealOf(key, hash) };
    });
    await store(executor, tenantId, entries, previous);
  }
}

/** Time as the hash covers it: to the millisecond, as JavaScript gives it back. */
export function instantOf(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

async function lockedHead(executor: SqlExecutor, tenantId: string): Promise<Head> {
  const read = () =>
    rows<Head>(
      executor,
      `SELECT sequence, hash, ${instantOf('evergrant_now()')} AS at FROM audit_heads
       WHERE tenant_id = $1 FOR NO KEY UPDATE`,
      [tenantId],
    );
  const [known] = await read();
  if (known) return known;
  await rows(executor, 'INSERT INTO audit_heads (tenant_id) VALUES ($1) ON CONFLICT (tenant_id) DO NOTHING', [
    tenantId,
  ]);
  const [made] = await read();
  if (!made) throw new Error('The chain has no head');
  return made;
}

async function store(
  executor: SqlExecutor,
  tenantId: string,
  entries: readonly AuditEntry[],
  head: { sequence: number; hash: string },
): Promise<void> {
  await rows(
    executor,
    `WITH appended AS (
       INSERT INTO audit_events
         (tenant_id, sequence, at, event, actor, subject, instance_id, details, previous_hash, hash, seal)
       SELECT $1, e.sequence, e.at, e.event, e.actor, nullif(e.subject, 'null'), e."instanceId", e.details,
         e."previousHash", e.hash, e.seal
       FROM jsonb_to_recordset($2::jsonb) AS e (sequence bigint, at timestamptz, event text, actor jsonb, subject jsonb,
         "instanceId" uuid, details jsonb, "previousHash" text, hash text, seal text)
     )
     UPDATE audit_heads SET sequence = $3, hash = $4 WHERE tenant_id = $1`,
    [tenantId, JSON.stringify(entries), head.sequence, head.hash],
  );
}
