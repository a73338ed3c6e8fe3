import type { Projection } from '../../database/index.js';
import type { DeliveryFailure } from '../delivery/receiver-answer.js';

/** `failed`: an attempt has, and another one comes. */
export const deliveryStatuses = ['pending', 'failed', 'delivered', 'given_up'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** A delivery as the log tells it; never what was sent, nor what was answered. */
export interface StoredDelivery {
  id: string;
  webhookId: string;
  eventId: string;
  type: string;
  instanceId: string | null;
  isReplay: boolean;
  status: DeliveryStatus;
  attempts: number;
  lastStatus: number | null;
  failure: DeliveryFailure | null;
  durationMs: number | null;
  createdAt: Date;
  lastAttemptAt: Date | null;
  nextAttemptAt: Date | null;
  endedAt: Date | null;
}

/** Of a delivery `d` with its event `e`. */
export const storedDelivery: Projection<StoredDelivery> = {
  id: 'd.id',
  webhookId: 'd.webhook_id',
  eventId: 'd.event_id',
  type: 'e.type',
  instanceId: 'd.instance_id',
  isReplay: "(d.ordinal IS NULL AND e.type <> 'webhook.test')",
  status: 'd.status',
  attempts: 'd.attempts',
  lastStatus: 'd.last_status',
  failure: 'd.failure',
  durationMs: 'd.duration_ms',
  createdAt: 'd.created_at',
  lastAttemptAt: 'd.last_attempt_at',
  nextAttemptAt: 'd.next_attempt_at',
  endedAt: 'd.ended_at',
};

export const deliveriesWithEvents =
  'webhook_deliveries d JOIN webhook_events e ON e.tenant_id = d.tenant_id AND e.id = d.event_id';
