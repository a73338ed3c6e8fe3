import { Injectable, Logger } from '@nestjs/common';
import { WebhookSecrets } from '../registry/webhook-secrets.js';
import type { ClaimedDelivery } from './claimed-delivery.js';
import { deliveryEnd } from './delivery-end.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { DeliverySettlement } from './delivery-settlement.js';
import { judgementOf } from './receiver-answer.js';
import { Receivers, type TimedAnswer } from './receivers.js';
import { signedMessage } from './signed-message.js';

/** Makes one attempt at a delivery and records what came of it. No transaction is held while the receiver answers. */
@Injectable()
export class DeliveryAttempts {
  private readonly logger = new Logger(DeliveryAttempts.name);

  constructor(
    private readonly secrets: WebhookSecrets,
    private readonly receivers: Receivers,
    private readonly settlement: DeliverySettlement,
    private readonly metrics: DeliveryMetrics,
  ) {}

  /** @param isOnce it is not tried again */
  async attempt(claimed: ClaimedDelivery, { isOnce }: { isOnce: boolean }): Promise<void> {
    const { answer, durationMs } = await this.told(claimed);
    const judgement = judgementOf(answer);
    const end = deliveryEnd(judgement, { ...claimed, isOnce }, Math.random());
    const httpStatus = answer.status === 'answered' ? answer.httpStatus : null;
    // A test is no delivery that the receiver had to take.
    const disables = judgement.do === 'disable' && !isOnce;
    const isSettled = await this.settlement.settle(claimed, { end, httpStatus, durationMs, disables });
    if (!isSettled) return;
    this.metrics.attempted(end.status, durationMs);
    const { id: deliveryId, webhookId, tenantId, attempts, type } = claimed;
    const fields = { deliveryId, webhookId, tenantId, type, attempts, httpStatus, failure: end.failure };
    if (end.status === 'given_up') this.logger.warn({ msg: 'A webhook delivery was given up', ...fields });
    else this.logger.debug({ msg: 'Webhook told', status: end.status, ...fields });
    if (disables) this.logger.warn({ msg: 'A webhook was switched off: its receiver is gone', webhookId });
  }

  private async told(claimed: ClaimedDelivery): Promise<TimedAnswer> {
    const secrets = await this.secrets.opened(claimed, claimed);
    if (secrets.length === 0)
      return { answer: { status: 'not_asked', failure: 'secret_unreadable' }, durationMs: 0 };
    return this.receivers.tell(claimed.url, signedMessage(claimed, secrets, claimed.attemptedAt));
  }
}
