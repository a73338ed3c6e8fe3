import { Inject, Injectable, Logger } from '@nestjs/common';
import { rows, TenantDatabase, type SqlExecutor } from '../../database/index.js';
import { EvergrantError } from '../../errors/index.js';
import { PolicyOptions } from '../policy-options.js';
import { countsSends, sendDecision, type EarlierSend, type SendDecision } from './send-decision.js';
import { SendLimitMetrics } from './send-limit-metrics.js';
import { sendRefusal } from './send-refusal.js';

/** The instance that mail leaves. */
interface Sender {
  id: string;
  tenantId: string;
}

/** A mail that is counted; it stays so unless it is given back. */
interface SendReservation {
  /** Takes the mail out of the count. Never rejects: what cannot be taken out stays counted. */
  giveBack(): Promise<void>;
}

const nothingReserved: SendReservation = { giveBack: async () => undefined };

/** What may leave an instance in an hour and a day, counted over all processes before anything is sent. */
@Injectable()
export class SendQuota {
  private readonly logger = new Logger(SendQuota.name);

  constructor(
    private readonly database: TenantDatabase,
    private readonly metrics: SendLimitMetrics,
    @Inject(PolicyOptions) private readonly options: PolicyOptions,
  ) {}

  /** The quota of one instance. */
  of(sender: Sender): { reserve(recipients: number): Promise<SendReservation> } {
    return { reserve: (recipients) => this.reserve(sender, recipients) };
  }

  /**
   * Counts a mail to so many recipients. While the database is away nothing can be counted, and nothing is sent.
   * @throws EvergrantError `RATE_LIMITED` with the limit as its `reason` where waiting helps, `VALIDATION_FAILED` where
   *   it does not, `NOT_FOUND` for an instance that is gone meanwhile
   */
  private async reserve(sender: Sender, recipients: number): Promise<SendReservation> {
    const { sendLimits } = this.options;
    const decided = countsSends(sendLimits)
      ? await this.database.transaction(sender.tenantId, (executor) =>
          this.decideAndCount(executor, sender, recipients),
        )
      : { decision: sendDecision(sendLimits, [], { recipients }), id: null };
    const { decision, id } = decided;
    if (decision.verdict !== 'allowed') {
      this.metrics.count(decision.limit);
      throw sendRefusal(decision);
    }
    return id === null ? nothingReserved : { giveBack: () => this.giveBack(sender, id) };
  }

  private async decideAndCount(
    executor: SqlExecutor,
    { id: instanceId, tenantId }: Sender,
    recipients: number,
  ): Promise<{ decision: SendDecision; id: string | null }> {
    // One mail of an instance after the other: a statement of its own, so that the next one sees what was counted
    // while this one waited.
    const [locked] = await rows<{ id: string }>(
      executor,
      'SELECT id FROM mcp_instances WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE',
      [tenantId, instanceId],
    );
    if (!locked) throw new EvergrantError('NOT_FOUND', { message: 'There is no such instance' });
    const earlier = await rows<EarlierSend>(
      executor,
      `SELECT recipients, extract(epoch FROM evergrant_now() - reserved_at)::float8 AS "ageSeconds"
       FROM send_reservations WHERE tenant_id = $1 AND instance_id = $2
         AND reserved_at > evergrant_now() - interval '1 day' ORDER BY reserved_at`,
      [tenantId, instanceId],
    );
    const decision = sendDecision(this.options.sendLimits, earlier, { recipients });
    if (decision.verdict !== 'allowed') return { decision, id: null };
    const [reserved] = await rows<{ id: string }>(
      executor,
      `WITH outdated AS (
         DELETE FROM send_reservations WHERE tenant_id = $1 AND instance_id = $2
           AND reserved_at <= evergrant_now() - interval '1 day'
       )
       INSERT INTO send_reservations (tenant_id, instance_id, recipients) VALUES ($1, $2, $3) RETURNING id`,
      [tenantId, instanceId, recipients],
    );
    return { decision, id: reserved?.id ?? null };
  }

  private async giveBack({ tenantId, id: instanceId }: Sender, reservationId: string): Promise<void> {
    try {
      await this.database.rows(tenantId, 'DELETE FROM send_reservations WHERE tenant_id = $1 AND id = $2', [
        tenantId,
        reservationId,
      ]);
    } catch (cause) {
      this.logger.warn({ msg: 'A mail that was not sent stays counted', instanceId, cause: String(cause) });
    }
  }
}
