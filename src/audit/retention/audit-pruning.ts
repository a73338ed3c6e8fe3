import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { rows } from '../../database/index.js';
import { Recurrence } from '../../resilience/index.js';
import { AuditOptions } from '../audit-options.js';
import { AuditTrail } from '../audit-trail.js';
import { AuditChain } from '../chain/audit-chain.js';
import { AuditKeySource, sealKey } from '../chain/chain-keys.js';
import { pruningSeal } from '../chain/chain-link.js';

const everyMs = 3_600_000;
/** Events of one tenant that go in one transaction, which holds the head of its chain. */
const batchSize = 5_000;

/**
 * Deletes events that are older than they are kept, oldest first, and leaves the place up to which it did, sealed: the
 * rest of the chain is verified from there on. That a chain was pruned is an event of it.
 */
@Injectable()
export class AuditPruning implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AuditPruning.name);
  private readonly recurrence = new Recurrence(everyMs, () => this.prune());

  constructor(
    private readonly dataSource: DataSource,
    private readonly chain: AuditChain,
    private readonly keys: AuditKeySource,
    private readonly trail: AuditTrail,
    @Inject(AuditOptions) private readonly options: AuditOptions,
  ) {}

  onApplicationBootstrap(): void {
    if (this.options.prunes && this.options.retentionDays > 0) this.recurrence.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.recurrence.stop();
  }

  /** Prunes every chain that has something old. Never rejects. */
  async prune(): Promise<void> {
    try {
      for (const { tenantId } of await this.tenantsWithOldEvents())
        while ((await this.pruneBatch(tenantId)) === batchSize);
    } catch (cause) {
      this.logger.warn({ msg: 'The audit log could not be pruned', cause: String(cause) });
    }
  }

  private tenantsWithOldEvents(): Promise<{ tenantId: string }[]> {
    return rows(
      this.dataSource,
      `SELECT h.tenant_id AS "tenantId" FROM audit_heads h CROSS JOIN LATERAL (
         SELECT at FROM audit_events e WHERE e.tenant_id = h.tenant_id ORDER BY e.sequence LIMIT 1
       ) oldest
       WHERE oldest.at < evergrant_now() - make_interval(days => $1)`,
      [this.options.retentionDays],
    );
  }

  /** @returns how many events are gone */
  private async pruneBatch(tenantId: string): Promise<number> {
    const key = sealKey(await this.keys.auditKey());
    const pruned = await this.dataSource.transaction(async (manager) => {
      await rows(manager, 'SELECT 1 FROM audit_heads WHERE tenant_id = $1 FOR NO KEY UPDATE', [tenantId]);
      // Up to the first that is young: an event may be older than the one before it by the length of a transaction.
      const [last] = await rows<{ through: number; hash: string; count: number }>(
        manager,
        `WITH oldest AS MATERIALIZED (
           SELECT sequence, hash, at < evergrant_now() - make_interval(days => $2) AS old
           FROM audit_events WHERE tenant_id = $1 ORDER BY audit_events.sequence LIMIT ${batchSize}
         )
         SELECT sequence::float8 AS through, hash, (count(*) OVER ())::int AS count FROM oldest
         WHERE sequence < coalesce((SELECT min(sequence) FROM oldest WHERE NOT old), 'infinity'::float8)
         ORDER BY oldest.sequence DESC LIMIT 1`,
        [tenantId, this.options.retentionDays],
      );
      if (last === undefined) return null;
      const { through, hash } = last;
      await rows(
        manager,
        'UPDATE audit_heads SET pruned_sequence = $2, pruned_hash = $3, pruned_seal = $4 WHERE tenant_id = $1',
        [tenantId, through, hash, pruningSeal(key, tenantId, through, hash)],
      );
      await rows(manager, 'DELETE FROM audit_events WHERE tenant_id = $1 AND sequence <= $2', [
        tenantId,
        through,
      ]);
      const actor = { kind: 'server', id: null, tenantId } as const;
      const event = { event: 'audit.pruned', actor, through, hash } as const;
      await this.chain.append(manager, tenantId, event);
      return { event, count: last.count };
    });
    if (pruned === null) return 0;
    this.trail.record(pruned.event);
    return pruned.count;
  }
}
