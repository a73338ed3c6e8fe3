import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One event on its way to one webhook, and what came of it. */
@Entity('webhook_deliveries')
@Check('webhook_deliveries_status', "status IN ('pending', 'failed', 'delivered', 'given_up')")
@Index('webhook_deliveries_due', ['webhookId', 'nextAttemptAt'], {
  where: "status IN ('pending', 'failed')",
})
@Index('webhook_deliveries_line', ['webhookId', 'instanceId', 'ordinal'], {
  where: "status IN ('pending', 'failed')",
})
@Index('webhook_deliveries_newest', ['webhookId', 'createdAt', 'id'])
@Index('webhook_deliveries_event', ['eventId'])
@Index('webhook_deliveries_age', ['createdAt'])
export class WebhookDeliveryRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'webhook_deliveries_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'webhook_deliveries_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'webhook_id' })
  @ForeignKey('webhooks', 'id', { name: 'webhook_deliveries_webhook_fk', onDelete: 'CASCADE' })
  webhookId!: string;

  @Column('uuid', { name: 'event_id' })
  @ForeignKey('webhook_events', 'id', { name: 'webhook_deliveries_event_fk', onDelete: 'CASCADE' })
  eventId!: string;

  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  /** Its place among the events of its instance; null for what waits in no line: replays and tests. */
  @Column('bigint', { nullable: true })
  ordinal!: string | null;

  @Column('text', { default: 'pending' })
  status!: string;

  @Column('integer', { default: 0 })
  attempts!: number;

  /** Null while one before it is under way, and when it has ended; while an attempt is made, when another may be. */
  @Column('timestamptz', { name: 'next_attempt_at', nullable: true })
  nextAttemptAt!: Date | null;

  @Column('uuid', { name: 'lease_id', nullable: true })
  leaseId!: string | null;

  @Column('integer', { name: 'last_status', nullable: true })
  lastStatus!: number | null;

  @Column('text', { nullable: true })
  failure!: string | null;

  @Column('integer', { name: 'duration_ms', nullable: true })
  durationMs!: number | null;

  @Column('timestamptz', { name: 'last_attempt_at', nullable: true })
  lastAttemptAt!: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
