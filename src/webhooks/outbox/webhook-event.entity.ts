import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Something that is told to webhooks, as it was when it happened; its id is the `webhook-id` of every attempt. */
@Entity('webhook_events')
@Unique('webhook_events_tenant_id_unique', ['tenantId', 'id'])
@Index('webhook_events_age', ['at'])
export class WebhookEventRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'webhook_events_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'webhook_events_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('text')
  type!: string;

  @Column('jsonb')
  data!: unknown;

  @Column('timestamptz', { default: () => 'evergrant_now()' })
  at!: Date;
}
