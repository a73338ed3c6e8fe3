import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DeliveryAttempts } from './delivery/delivery-attempts.js';
import { DeliveryLeases } from './delivery/delivery-leases.js';
import { DeliveryMetrics } from './delivery/delivery-metrics.js';
import { DeliverySettlement } from './delivery/delivery-settlement.js';
import { DeliveryWork } from './delivery/delivery-work.js';
import { Receivers } from './delivery/receivers.js';
import { TestDelivery } from './delivery/test-delivery.js';
import { DeliveryLog } from './log/delivery-log.js';
import { DeliveryPruning } from './log/delivery-pruning.js';
import { WebhookDeliveryRow } from './outbox/webhook-delivery.entity.js';
import { WebhookEventRow } from './outbox/webhook-event.entity.js';
import { WebhookStreamRow } from './outbox/webhook-stream.entity.js';
import type { WebhookSeal } from './registry/webhook-seal.js';
import { WebhookSecrets } from './registry/webhook-secrets.js';
import { WebhookRow } from './registry/webhook.entity.js';
import { Webhooks } from './registry/webhooks.js';
import { DeliveriesController } from './rest/deliveries.controller.js';
import { WebhooksController } from './rest/webhooks.controller.js';
import { WebhooksOptions } from './webhooks-options.js';

/** Tells other programs what has happened: the outbox, its delivery, and the routes over both. */
@Module({})
export class WebhooksModule {
  /** @param seal provides {@link WebhookSeal}: the vault is not known here */
  static forRoot(options: WebhooksOptions, seal: Provider<WebhookSeal>): DynamicModule {
    return {
      module: WebhooksModule,
      imports: [
        TypeOrmModule.forFeature([WebhookDeliveryRow, WebhookEventRow, WebhookRow, WebhookStreamRow]),
      ],
      controllers: [WebhooksController, DeliveriesController],
      providers: [
        { provide: WebhooksOptions, useValue: options },
        seal,
        DeliveryAttempts,
        DeliveryLeases,
        DeliveryLog,
        DeliveryMetrics,
        DeliveryPruning,
        DeliverySettlement,
        DeliveryWork,
        Receivers,
        TestDelivery,
        WebhookSecrets,
        Webhooks,
      ],
    };
  }
}
