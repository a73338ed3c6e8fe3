import type { Projection } from '../../database/index.js';

/** A delivery that this process makes an attempt at, with all that the attempt needs. */
export interface ClaimedDelivery {
  id: string;
  leaseId: string;
  tenantId: string;
  webhookId: string;
  instanceId: string | null;
  /** Whether others wait for its end. */
  isInLine: boolean;
  eventId: string;
  type: string;
  at: Date;
  data: unknown;
  url: string;
  /** Sealed. */
  secret: string;
  /** Sealed; null outside of the overlap of a rotation. */
  formerSecret: string | null;
  /** This one included. */
  attempts: number;
  attemptedAt: Date;
  ageSeconds: number;
}

/** Of a delivery `d`, its webhook `w` and its event `e`. */
export const claimedDelivery: Projection<ClaimedDelivery> = {
  id: 'd.id',
  leaseId: 'd.lease_id',
  tenantId: 'd.tenant_id',
  webhookId: 'd.webhook_id',
  instanceId: 'd.instance_id',
  isInLine: 'd.ordinal IS NOT NULL',
  eventId: 'd.event_id',
  type: 'e.type',
  at: 'e.at',
  data: 'e.data',
  url: 'w.url',
  secret: 'w.secret',
  formerSecret: 'CASE WHEN w.former_secret_until > evergrant_now() THEN w.former_secret END',
  attempts: 'd.attempts',
  attemptedAt: 'd.last_attempt_at',
  ageSeconds: 'extract(epoch FROM evergrant_now() - d.created_at)::float8',
};

/** In SQL, a delivery `d` has not ended. */
export const isOpen = "d.status IN ('pending', 'failed')";
