import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditChain, type ActEventName } from '../../audit/index.js';
import { rows, selectList, TenantDatabase, type SqlExecutor } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { isSuspended, tenantSuspended } from '../../identity/index.js';
import { SendQuota } from '../sending/send-quota.js';
import { actEvent } from './act-audit.js';
import type { ActOutcome } from '../acts/act-performer.js';
import { hasEnded, statesBefore, type ActState } from '../acts/act-state.js';
import { storedAct, type StoredAct } from './stored-act.js';

/** Longer than a request to Gmail can take: 20 seconds to go out and 30 to be answered. */
export const leaseSeconds = 75;
/** An act that could not be carried out for so long is not any more. */
export const secondsToCarryOut = 86_400;
/** A second call with the same content within this time after the act is told its outcome. */
const keyLifeSeconds = { given: 86_400 * 7, derived: 600, decided: 86_400 };

/** An act, and the lease under which a process has it in hand. */
export interface ClaimedAct {
  act: StoredAct;
  leaseId: string;
}

/** What a process settles of an act that it holds. */
export type Settlement =
  | {
      state: Extract<ActState, 'done' | 'not_sent' | 'unknown'>;
      outcome: ActOutcome;
      retryInSeconds: number | null;
    }
  /** Provably not carried out yet. */
  | { state: 'approved'; outcome: ActOutcome; retryInSeconds: number };

/** The claims of processes on acts that are to be carried out. */
@Injectable()
export class ActLeases {
  constructor(
    private readonly database: TenantDatabase,
    private readonly dataSource: DataSource,
    private readonly quota: SendQuota,
    private readonly chain: AuditChain,
  ) {}

  /** Acts that wait for a process, of all tenants that are not suspended, the longest waiting first. */
  due(limit: number): Promise<{ id: string; tenantId: string }[]> {
    return rows(
      this.dataSource,
      `SELECT a.id, a.tenant_id AS "tenantId" FROM outbound_acts a JOIN tenants t ON t.id = a.tenant_id
       WHERE a.state IN ('approved', 'intended', 'unknown') AND a.retry_at <= evergrant_now()
         AND coalesce(a.leased_until <= evergrant_now(), true) AND t.suspended_at IS NULL
       ORDER BY a.retry_at LIMIT $1`,
      [limit],
    );
  }

  /** How many bytes the texts of an act take, sealed; they are not read for that. */
  async textBytes(tenantId: string, id: string): Promise<number> {
    const [act] = await this.database.rows<{ bytes: number }>(
      tenantId,
      `SELECT coalesce(octet_length(request), 0) + coalesce(octet_length(reading), 0) AS bytes
       FROM outbound_acts WHERE tenant_id = $1 AND id = $2`,
      [tenantId, id],
    );
    return act?.bytes ?? 0;
  }

  /** Takes the lease of an act that no process is at; null where there is nothing to take, or its tenant is suspended. */
  async claim(tenantId: string, id: string): Promise<ClaimedAct | null> {
    const leaseId = randomUUID();
    return this.database.transaction(tenantId, async (executor) => {
      const [before] = await rows<{ state: ActState }>(
        executor,
        `SELECT state FROM outbound_acts WHERE tenant_id = $1 AND id = $2 AND state = ANY ($3)
           AND coalesce(leased_until <= evergrant_now(), true) AND NOT ${isSuspended('$1')} FOR UPDATE`,
        [tenantId, id, statesBefore('intend')],
      );
      if (!before) return null;
      const [act] = await rows<StoredAct>(
        executor,
        `UPDATE outbound_acts SET lease_id = $3, leased_until = evergrant_now() + make_interval(secs => $4),
           retry_at = evergrant_now() + make_interval(secs => $4),
           state = CASE WHEN state = 'approved' THEN 'intended' ELSE state END
         WHERE tenant_id = $1 AND id = $2 RETURNING ${selectList(storedAct)}`,
        [tenantId, id, leaseId, leaseSeconds],
      );
      if (!act) return null;
      if (before.state === 'approved')
        await this.chain.append(executor, tenantId, actEvent('act.intended', act));
      return { act, leaseId };
    });
  }

  /**
   * Notes, before the request goes out, that it may have. One that was counted a while ago is counted anew, as of now:
   * what left meanwhile counts against it.
   * @returns `lost` where the lease is another's by now; what refuses it, if it may not leave at this moment
   */
  async begin(claim: ClaimedAct, { isNew }: { isNew: boolean }): Promise<'begun' | 'lost' | EvergrantError> {
    const { tenantId } = claim.act;
    try {
      return await this.database.transaction(tenantId, async (executor) => {
        if (!(await noteBeginning(executor, claim))) return 'lost';
        if (!isNew) await this.countAnew(executor, claim.act);
        return 'begun';
      });
    } catch (thrown) {
      if (thrown instanceof EvergrantError && thrown.code !== 'NOT_FOUND') return thrown;
      throw thrown;
    }
  }

  private async countAnew(executor: SqlExecutor, act: StoredAct): Promise<void> {
    const { tenantId, id, instanceId, recipients, reservationId } = act;
    const [suspended] = await rows<{ is: boolean }>(executor, `SELECT ${isSuspended('$1')} AS is`, [
      tenantId,
    ]);
    if (suspended?.is === true) throw tenantSuspended();
    await rows(executor, 'DELETE FROM send_reservations WHERE tenant_id = $1 AND id = $2', [
      ...[tenantId, reservationId],
    ]);
    const counted = await this.quota.reserveWithin(executor, { tenantId, id: instanceId }, recipients);
    await rows(executor, 'UPDATE outbound_acts SET reservation_id = $3 WHERE tenant_id = $1 AND id = $2', [
      ...[tenantId, id, counted],
    ]);
  }

  /** Records what became of it and ends the lease. @returns null where the lease is another's by now */
  async settle(claim: ClaimedAct, settlement: Settlement): Promise<StoredAct | null> {
    const { act } = claim;
    const { tenantId, id } = act;
    return this.database.transaction(tenantId, async (executor) => {
      const settled = await this.update(executor, claim, settlement);
      if (settled === undefined) return null;
      if (settlement.state === 'not_sent')
        await rows(executor, 'DELETE FROM send_reservations WHERE tenant_id = $1 AND id = $2', [
          tenantId,
          settled.reservationId,
        ]);
      const event = eventOf(settlement, act);
      if (event !== null)
        await this.chain.append(
          executor,
          tenantId,
          actEvent(event, { ...settled, id }, { outcome: told(settlement.outcome) }),
        );
      return settled;
    });
  }

  private async update(
    executor: SqlExecutor,
    { act: { tenantId, id, verdict }, leaseId }: ClaimedAct,
    { state, outcome, retryInSeconds }: Settlement,
  ): Promise<StoredAct | undefined> {
    const isEnd = hasEnded(state);
    const [settled] = await rows<StoredAct>(
      executor,
      `UPDATE outbound_acts SET state = $4, result = $5, lease_id = NULL, leased_until = NULL,
         retry_at = evergrant_now() + make_interval(secs => $6::float8),
         begun_at = CASE WHEN $4 = 'approved' THEN NULL ELSE begun_at END,
         ended_at = CASE WHEN $7 THEN evergrant_now() END,
         request = CASE WHEN $7 THEN NULL ELSE request END,
         reading = CASE WHEN $7 AND verdict = 'allow' THEN NULL ELSE reading END,
         key_expires_at = CASE WHEN $7 THEN evergrant_now() + make_interval(secs =>
           CASE WHEN idempotency_key LIKE 'given:%' THEN $8::float8 ELSE $9::float8 END) END
       WHERE tenant_id = $1 AND id = $2 AND lease_id = $3 RETURNING ${selectList(storedAct)}`,
      [
        ...[tenantId, id, leaseId, state, JSON.stringify(outcome), retryInSeconds, isEnd],
        ...[keyLifeSeconds.given, verdict === 'ask' ? keyLifeSeconds.decided : keyLifeSeconds.derived],
      ],
    );
    return settled;
  }
}

async function noteBeginning(
  executor: SqlExecutor,
  { act: { tenantId, id }, leaseId }: ClaimedAct,
): Promise<boolean> {
  const begun = await rows(
    executor,
    `UPDATE outbound_acts SET begun_at = evergrant_now(), state = 'intended',
       leased_until = evergrant_now() + make_interval(secs => $4),
       retry_at = evergrant_now() + make_interval(secs => $4)
     WHERE tenant_id = $1 AND id = $2 AND lease_id = $3 AND leased_until > evergrant_now() RETURNING id`,
    [tenantId, id, leaseId, leaseSeconds],
  );
  return begun.length > 0;
}

/** One that is looked for again and found as unknown as before is no news. */
function eventOf({ state }: Settlement, before: StoredAct): ActEventName | null {
  if (state === 'approved' || state === before.state) return null;
  return `act.${state}`;
}

function told(outcome: ActOutcome): string | null {
  if (outcome.status === 'done') return outcome.id;
  return outcome.status === 'not_sent' ? outcome.errorCode : null;
}
