import { Inject, Injectable } from '@nestjs/common';
import { rows, type SqlExecutor } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import type { OutboundPolicy, TenantPolicy } from '../../identity/index.js';
import { policyCaps } from '../rules/effective-policy.js';
import { PolicyOptions } from '../policy-options.js';
import {
  countsSends,
  limitsWithin,
  sendDecision,
  type EarlierSend,
  type SendDecision,
} from './send-decision.js';
import { SendLimitMetrics } from './send-limit-metrics.js';
import { sendRefusal } from './send-refusal.js';

/** The instance that mail leaves. */
interface Sender {
  id: string;
  tenantId: string;
}

/** What may leave an instance in an hour and a day, counted over all processes before anything is sent. */
@Injectable()
export class SendQuota {
  constructor(
    private readonly metrics: SendLimitMetrics,
    @Inject(PolicyOptions) private readonly options: PolicyOptions,
  ) {}

  /**
   * Counts a mail to so many recipients within the caller's transaction, which locks the instance: what is counted stands
   * or falls with it. What provably does not leave is taken out again by its id (`ActLeases.settle`).
   * @returns the reservation's id, or null where nothing is counted
   * @throws EvergrantError `RATE_LIMITED` with the limit as its `reason` where waiting helps, `VALIDATION_FAILED` where
   *   it does not, `NOT_FOUND` for an instance that is gone meanwhile
   */
  async reserveWithin(executor: SqlExecutor, sender: Sender, recipients: number): Promise<string | null> {
    const { decision, id } = await this.decideAndCount(executor, sender, recipients);
    if (decision.verdict === 'allowed') return id;
    this.metrics.count(decision.limit);
    throw sendRefusal(decision);
  }

  /**
   * What would become of a mail to so many recipients at this moment, of which nothing is counted.
   * @throws EvergrantError `NOT_FOUND` for an instance that is gone
   */
  async foreseenWithin(executor: SqlExecutor, sender: Sender, recipients: number): Promise<SendDecision> {
    const policies = await policiesOf(executor, sender);
    return (await this.decisionOn(executor, sender, policies, recipients)).decision;
  }

  private async decideAndCount(
    executor: SqlExecutor,
    sender: Sender,
    recipients: number,
  ): Promise<{ decision: SendDecision; id: string | null }> {
    // One mail of an instance after the other: a statement of its own, so that the next one sees what was counted
    // while this one waited.
    const policies = await policiesOf(executor, sender, 'FOR NO KEY UPDATE OF i');
    const { decision, isCounted } = await this.decisionOn(executor, sender, policies, recipients);
    if (decision.verdict !== 'allowed' || !isCounted) return { decision, id: null };
    const [reserved] = await rows<{ id: string }>(
      executor,
      `WITH outdated AS (
         DELETE FROM send_reservations WHERE tenant_id = $1 AND instance_id = $2
           AND reserved_at <= evergrant_now() - interval '1 day'
       )
       INSERT INTO send_reservations (tenant_id, instance_id, recipients) VALUES ($1, $2, $3) RETURNING id`,
      [sender.tenantId, sender.id, recipients],
    );
    return { decision, id: reserved?.id ?? null };
  }

  private async decisionOn(
    executor: SqlExecutor,
    { id: instanceId, tenantId }: Sender,
    { tenant, instance }: SendPolicies,
    recipients: number,
  ): Promise<{ decision: SendDecision; isCounted: boolean }> {
    const limits = limitsWithin(this.options.sendLimits, policyCaps(tenant, instance));
    if (!countsSends(limits)) return { decision: sendDecision(limits, [], { recipients }), isCounted: false };
    const earlier = await rows<EarlierSend>(
      executor,
      `SELECT recipients, extract(epoch FROM evergrant_now() - reserved_at)::float8 AS "ageSeconds"
       FROM send_reservations WHERE tenant_id = $1 AND instance_id = $2
         AND reserved_at > evergrant_now() - interval '1 day' ORDER BY reserved_at`,
      [tenantId, instanceId],
    );
    return { decision: sendDecision(limits, earlier, { recipients }), isCounted: true };
  }
}

interface SendPolicies {
  tenant: TenantPolicy | null;
  instance: OutboundPolicy | null;
}

async function policiesOf(
  executor: SqlExecutor,
  { id, tenantId }: Sender,
  lock: 'FOR NO KEY UPDATE OF i' | '' = '',
): Promise<SendPolicies> {
  const [found] = await rows<SendPolicies>(
    executor,
    `SELECT i.policy AS instance, (SELECT policy FROM tenants WHERE id = $1) AS tenant FROM mcp_instances i
     WHERE i.tenant_id = $1 AND i.id = $2 ${lock}`,
    [tenantId, id],
  );
  if (!found) throw new EvergrantError('NOT_FOUND', { message: 'There is no such instance' });
  return found;
}
