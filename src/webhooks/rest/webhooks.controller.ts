import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Patch,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import type { z } from 'zod';
import type { Page, PageRequest } from '../../database/index.js';
import { ApiKeyGuard, Audited, Principal, RequireRight, type ApiPrincipal } from '../../identity/index.js';
import { Answers, Fails, pageQuery, Summary, viewPage } from '../../openapi/index.js';
import { Webhooks, type Webhook } from '../registry/webhooks.js';
import {
  newWebhookInput,
  rotationInput,
  webhookPatchInput,
  type NewWebhookInput,
  type RotationInput,
  type WebhookPatchInput,
} from './webhook-input.js';
import {
  createdWebhookView,
  webhookPageView,
  webhookSecretView,
  webhookView,
  type WebhookView,
} from './webhook-view.js';

/** Where a tenant's events are told. */
@Controller('api/webhooks')
@UseGuards(ApiKeyGuard)
@RequireRight('webhooks:write')
export class WebhooksController {
  constructor(private readonly webhooks: Webhooks) {}

  @Post()
  @Summary(
    'Create a webhook',
    'Events are POSTed to it as Standard Webhooks: signed with its `secret`, which is shown this once, in order for each instance, at least once, and again for three days while its receiver does not answer 2xx. At most 20 of a tenant.',
  )
  @Audited('webhook.created', ({ id }: { id: string }) => id)
  @Answers({ 201: createdWebhookView })
  @Fails('CONFLICT')
  async create(
    @Principal() { tenantId }: ApiPrincipal,
    @Body({ schema: newWebhookInput }) input: NewWebhookInput,
  ): Promise<z.output<typeof createdWebhookView>> {
    return createdWebhookView.parse(await this.webhooks.create(tenantId, input));
  }

  @Get()
  @RequireRight('webhooks:read')
  @Summary('List webhooks', 'A page in the order of their creation, without their secrets.')
  @Answers({ 200: webhookPageView })
  async list(
    @Principal() { tenantId }: ApiPrincipal,
    @Query({ schema: pageQuery }) query: PageRequest,
  ): Promise<Page<WebhookView>> {
    return viewPage(await this.webhooks.list(tenantId, query), view);
  }

  @Get(':id')
  @RequireRight('webhooks:read')
  @Summary('Get a webhook', 'Without its secret.')
  @Answers({ 200: webhookView })
  async get(@Principal() { tenantId }: ApiPrincipal, @Param('id') id: string): Promise<WebhookView> {
    return view(await this.webhooks.get(tenantId, id));
  }

  @Patch(':id')
  @Summary('Change a webhook', 'What is not named stays. Another `url` is told what waits, too.')
  @Audited('webhook.updated', (_answer, { id }) => id)
  @Answers({ 200: webhookView })
  async update(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: webhookPatchInput }) patch: WebhookPatchInput,
  ): Promise<WebhookView> {
    return view(await this.webhooks.update(tenantId, id, patch));
  }

  @Delete(':id')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Summary('Delete a webhook', 'At once, with its log and what waits for it.')
  @Audited('webhook.deleted', (_answer, { id }) => id)
  @Answers({ 204: 'Deleted' })
  async delete(@Principal() { tenantId }: ApiPrincipal, @Param('id') id: string): Promise<void> {
    await this.webhooks.delete(tenantId, id);
  }

  @Post(':id/secrets')
  @Summary(
    'Rotate the secret of a webhook',
    'The new one is shown this once. Till `formerSecretUntil` the one before signs too: `webhook-signature` then holds both, separated by a space.',
  )
  @Audited('webhook.secret_rotated', (_answer, { id }) => id)
  @Answers({ 201: webhookSecretView })
  async rotate(
    @Principal() { tenantId }: ApiPrincipal,
    @Param('id') id: string,
    @Body({ schema: rotationInput }) { overlapSeconds }: RotationInput,
  ): Promise<z.output<typeof webhookSecretView>> {
    return this.webhooks.rotate(tenantId, id, overlapSeconds);
  }
}

/** Shows the fields of {@link webhookView} and no other. */
function view(webhook: Webhook): WebhookView {
  return webhookView.parse(webhook);
}
