import { z } from 'zod';
import { storedText } from '../../database/index.js';
import { pageInput } from '../../openapi/index.js';
import { deliveryStatuses } from '../log/stored-delivery.js';
import { webhookEventTypes } from '../registry/event-types.js';

/** The overlap of a rotation, in seconds. */
const defaultOverlapSeconds = 86_400;
const longestOverlapSeconds = 7 * 86_400;

const url = storedText(2_000).describe(
  'Where events are sent by POST: https, on the public Internet; outside production also this machine, over http as well',
);
const events = z
  .array(z.enum(webhookEventTypes))
  .min(1)
  .max(50)
  .transform((given) => [...new Set(given)])
  .nullable()
  .describe('Which events it is told; null for all, later ones included');

export const newWebhookInput = z.strictObject({ url, events: events.default(null) });
export type NewWebhookInput = z.output<typeof newWebhookInput>;

export const webhookPatchInput = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    enabled: z
      .boolean()
      .optional()
      .describe('Switched off it is told nothing: what happens meanwhile is not told later, what waits is'),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'must name what is to change');
export type WebhookPatchInput = z.output<typeof webhookPatchInput>;

export const rotationInput = z.strictObject({
  overlapSeconds: z
    .int()
    .min(0)
    .max(longestOverlapSeconds)
    .default(defaultOverlapSeconds)
    .describe('For how long the secret before signs too; a day, if nothing is said'),
});
export type RotationInput = z.output<typeof rotationInput>;

export const deliveryListInput = z.strictObject({
  ...pageInput,
  status: z.enum(deliveryStatuses).optional().describe('Only those; all without it'),
});
