import { Controller, Get, HttpCode, HttpStatus, Param, Post, Query, UseGuards } from '@nestjs/common';
import type { z } from 'zod';
import type { Page } from '../../database/index.js';
import { ApiKeyGuard, Audited, Principal, RequireRight, type ApiPrincipal } from '../../identity/index.js';
import { Answers, Fails, Summary, viewPage } from '../../openapi/index.js';
import { TestDelivery } from '../delivery/test-delivery.js';
import { DeliveryLog } from '../log/delivery-log.js';
import type { StoredDelivery } from '../log/stored-delivery.js';
import { refuseNoId, Webhooks } from '../registry/webhooks.js';
import { deliveryListInput } from './webhook-input.js';
import { webhookDeliveryPageView, webhookDeliveryView, type WebhookDeliveryView } from './webhook-view.js';

/** What was told to a webhook, and what came of it. */
@Controller('api/webhooks/:id')
@UseGuards(ApiKeyGuard)
@RequireRight('webhooks:write')
export class DeliveriesController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly log: DeliveryLog,
    private readonly tests: TestDelivery,
  ) {}

  @Get('deliveries')
  @RequireRight('webhooks:read')
  @Summary(
    'List the deliveries of a webhook',
    'Newest first, for 14 days: what was told, how often it was tried, and with which result; nothing of what the receiver said but its status.',
  )
  @Answers({ 200: webhookDeliveryPageView })
  async list(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Query({ schema: deliveryListInput }) query: z.output<typeof deliveryListInput>,
  ): Promise<Page<WebhookDeliveryView>> {
    const webhook = await this.webhooks.get(tenantId, id);
    return viewPage(await this.log.list(tenantId, webhook.id, query), view);
  }

  @Post('deliveries/:deliveryId/replay')
  @Summary(
    'Replay a delivery',
    'A new delivery of the same event, under the same `webhook-id`, by which its receiver knows the repetition. `CONFLICT` while the delivery has not ended.',
  )
  @Audited('webhook.replayed', (_answer, { id }) => id)
  @Answers({ 201: webhookDeliveryView })
  @Fails('CONFLICT')
  async replay(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Param('deliveryId') deliveryId: string,
  ): Promise<WebhookDeliveryView> {
    refuseNoId(id);
    return view(await this.log.replay(tenantId, id, deliveryId));
  }

  @Post('test')
  @HttpCode(HttpStatus.OK)
  @Summary(
    'Test a webhook',
    'Sends `webhook.test` at once, also to one that is switched off, and answers with what came of it: `status` is `delivered` or `given_up`, `lastStatus` what the receiver answered. It is tried once, for at most 15 seconds.',
  )
  @Audited('webhook.tested', (_answer, { id }) => id)
  @Answers({ 200: webhookDeliveryView })
  async test(@Principal() { tenantId }: ApiPrincipal, @Param('id') id: string): Promise<WebhookDeliveryView> {
    refuseNoId(id);
    const deliveryId = await this.tests.send(tenantId, id);
    return view(await this.log.get(tenantId, id, deliveryId));
  }
}

/** Shows the fields of {@link webhookDeliveryView} and no other. */
function view(delivery: StoredDelivery): WebhookDeliveryView {
  return webhookDeliveryView.parse(delivery);
}
