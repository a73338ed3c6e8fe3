/** What a webhook may be told; each is raised by a trigger, in the transaction of what it tells. */
export const webhookEventTypes = [
  'instance.connected',
  'instance.degraded',
  'instance.requires_reauth',
  'instance.disconnected',
  'approval.requested',
  'approval.decided',
  'mailbox.changed',
] as const;
export type WebhookEventType = (typeof webhookEventTypes)[number];

/** Sent on request alone, and to whatever webhook. */
export const testEventType = 'webhook.test';
