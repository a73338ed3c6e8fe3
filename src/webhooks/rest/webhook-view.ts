import { z } from 'zod';
import { pageView } from '../../openapi/index.js';
import { deliveryStatuses } from '../log/stored-delivery.js';
import { webhookEventTypes } from '../registry/event-types.js';

export const webhookView = z
  .object({
    id: z.guid(),
    url: z.string(),
    events: z.array(z.enum(webhookEventTypes)).nullable().describe('Null for all, later ones included'),
    enabled: z.boolean(),
    disabledReason: z
      .enum(['gone'])
      .nullable()
      .describe('Why it was switched off by itself: `gone`, its receiver answered 410'),
    failingSince: z.date().nullable().describe('Since when no attempt has succeeded'),
    formerSecretUntil: z.date().nullable().describe('Till when the secret before signs too'),
    createdAt: z.date(),
    updatedAt: z.date(),
  })
  .meta({ id: 'Webhook', description: 'Where events are told' });
export type WebhookView = z.output<typeof webhookView>;

const secret = z
  .string()
  .describe('By which its receiver knows what comes from us (`whsec_…`), shown this once');

export const createdWebhookView = webhookView
  .extend({ secret })
  .meta({ id: 'CreatedWebhook', description: 'A new webhook with its secret' });

export const webhookSecretView = z
  .object({
    secret,
    formerSecretUntil: z.date().nullable().describe('Till when the secret before signs too'),
  })
  .meta({ id: 'WebhookSecret', description: 'A new secret' });

export const webhookPageView = pageView(webhookView).meta({
  id: 'WebhookPage',
  description: 'Webhooks in the order of their creation',
});

export const webhookDeliveryView = z
  .object({
    id: z.guid(),
    webhookId: z.guid(),
    eventId: z.guid().describe('The `webhook-id` of every attempt, and of every replay'),
    type: z.enum([...webhookEventTypes, 'webhook.test']),
    instanceId: z.guid().nullable(),
    isReplay: z.boolean(),
    status: z
      .enum(deliveryStatuses)
      .describe(
        '`failed`: an attempt has, and another one comes; `given_up`: three days have passed, or 410',
      ),
    attempts: z.int(),
    lastStatus: z.int().nullable().describe('The HTTP status of the last answer; null without one'),
    failure: z
      .string()
      .nullable()
      .describe(
        'Why the last attempt did not deliver: `redirected`, `refused` (4xx), `gone` (410), `receiver_error` (5xx), `not_public`, `behind_proxy`, `secret_unreadable`, `deadline_exceeded`, `dns_failure`, `tls_failure` and the like',
      ),
    durationMs: z.int().nullable().describe('Of the last attempt'),
    createdAt: z.date(),
    lastAttemptAt: z.date().nullable(),
    nextAttemptAt: z
      .date()
      .nullable()
      .describe('Null when it has ended, and while an earlier event of its instance is under way'),
    endedAt: z.date().nullable(),
  })
  .meta({ id: 'WebhookDelivery', description: 'One event on its way to one webhook' });
export type WebhookDeliveryView = z.output<typeof webhookDeliveryView>;

export const webhookDeliveryPageView = pageView(webhookDeliveryView).meta({
  id: 'WebhookDeliveryPage',
  description: 'Deliveries, newest first',
});
