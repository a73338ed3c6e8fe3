import { Injectable } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { AuditChain, type Actor, type RequestSource } from '../../audit/index.js';
import { rows, selectList, TenantDatabase, type SqlExecutor } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { SendQuota } from '../sending/send-quota.js';
import { actEvent } from './act-audit.js';
import { secondsToCarryOut } from './act-leases.js';
import { refusalOfDecision } from './decision-refusal.js';
import { storedAct, type StoredAct } from './stored-act.js';

/** A person's decision on a held act. */
export interface ActDecision {
  decision: 'approve' | 'reject';
  /** Of what the person has read; another one is refused. */
  contentDigest?: string | undefined;
  /** As the act's row keeps it: `api-key:<id>`, `owner:<subject>`. */
  decidedBy: string;
  actor: Actor;
  source: RequestSource;
}

/** How long the outcome of a rejected or expired act is told to calls with the same content. */
const keyLifeSeconds = 86_400;

/** Decisions of people on held acts, each once. */
@Injectable()
export class ActDecisions {
  private readonly justApproved = new Subject<StoredAct>();
  /** Acts as they are approved in this process, to be carried out at once. */
  readonly approved: Observable<StoredAct> = this.justApproved.asObservable();

  constructor(
    private readonly database: TenantDatabase,
    private readonly dataSource: DataSource,
    private readonly quota: SendQuota,
    private readonly chain: AuditChain,
  ) {}

  /**
   * Approves or rejects a held act. What is approved is counted against its instance's limits, and carried out at once, by
   * this process if it can, else by any that serves the API.
   * @throws EvergrantError `NOT_FOUND` for an act that is unknown, another tenant's or was never held; `CONFLICT` with the
   *   reason `approval_decided`, `approval_expired` or `content_changed`; what refuses the count
   */
  async decide(tenantId: string, id: string, decision: ActDecision): Promise<StoredAct> {
    const decided = await this.database.transaction(tenantId, async (executor) => {
      const [held] = await rows<StoredAct>(
        executor,
        `SELECT ${selectList(storedAct)} FROM outbound_acts
         WHERE tenant_id = $1 AND id = $2 AND verdict = 'ask' FOR UPDATE`,
        [tenantId, id],
      );
      if (!held) throw new EvergrantError('NOT_FOUND', { message: 'There is no such approval' });
      const refusal = refusalOfDecision(held, decision.contentDigest);
      if (refusal !== null) throw refusal;
      return this.store(executor, held, decision);
    });
    if (decided.state === 'approved') this.justApproved.next(decided);
    return decided;
  }

  private async store(
    executor: SqlExecutor,
    held: StoredAct,
    { decision, decidedBy, actor, source }: ActDecision,
  ): Promise<StoredAct> {
    const { tenantId, id, recipients } = held;
    const isApproved = decision === 'approve';
    const sender = { tenantId, id: held.instanceId };
    const reservationId = isApproved ? await this.quota.reserveWithin(executor, sender, recipients) : null;
    const [decided] = await rows<StoredAct>(
      executor,
      `UPDATE outbound_acts SET state = $3, decided_at = evergrant_now(), decided_by = $4, reservation_id = $5,
         retry_at = CASE WHEN $6 THEN evergrant_now() END,
         expires_at = CASE WHEN $6 THEN evergrant_now() + make_interval(secs => $7) ELSE expires_at END,
         request = CASE WHEN $6 THEN request END,
         ended_at = CASE WHEN $6 THEN NULL ELSE evergrant_now() END,
         key_expires_at = CASE WHEN $6 THEN NULL ELSE evergrant_now() + make_interval(secs => $8) END
       WHERE tenant_id = $1 AND id = $2 RETURNING ${selectList(storedAct)}`,
      [
        ...[tenantId, id, isApproved ? 'approved' : 'rejected', decidedBy, reservationId, isApproved],
        ...[secondsToCarryOut, keyLifeSeconds],
      ],
    );
    if (!decided) throw new Error('PostgreSQL told nothing of the act');
    const event = isApproved ? 'act.approved' : 'act.rejected';
    await this.chain.append(executor, tenantId, actEvent(event, decided, { actor, source }));
    return decided;
  }

  /** Ends held acts on which no one has decided in time. @returns how many, at most `limit` */
  async expire(limit: number): Promise<number> {
    const overdue = await rows<{ id: string; tenantId: string }>(
      this.dataSource,
      `SELECT id, tenant_id AS "tenantId" FROM outbound_acts
       WHERE state = 'held' AND retry_at <= evergrant_now() ORDER BY retry_at LIMIT $1`,
      [limit],
    );
    for (const { id, tenantId } of overdue)
      await this.database.transaction(tenantId, async (executor) => {
        const [expired] = await rows<StoredAct>(
          executor,
          `UPDATE outbound_acts SET state = 'expired', ended_at = evergrant_now(), request = NULL, retry_at = NULL,
             key_expires_at = evergrant_now()
           WHERE tenant_id = $1 AND id = $2 AND state = 'held' AND expires_at <= evergrant_now()
           RETURNING ${selectList(storedAct)}`,
          [tenantId, id],
        );
        if (expired) await this.chain.append(executor, tenantId, actEvent('act.expired', expired));
      });
    return overdue.length;
  }
}
