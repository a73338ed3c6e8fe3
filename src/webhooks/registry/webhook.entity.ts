import { Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Where a tenant's events are told. Its secrets are sealed with the tenant's data key. */
@Entity('webhooks')
@Unique('webhooks_tenant_id_unique', ['tenantId', 'id'])
export class WebhookRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'webhooks_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'webhooks_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('text')
  url!: string;

  /** Null for all, later ones included. */
  @Column('text', { array: true, nullable: true })
  events!: string[] | null;

  @Column('boolean', { default: true })
  enabled!: boolean;

  /** `gone`: its receiver answered 410. */
  @Column('text', { name: 'disabled_reason', nullable: true })
  disabledReason!: string | null;

  @Column('text')
  secret!: string;

  @Column('text', { name: 'former_secret', nullable: true })
  formerSecret!: string | null;

  /** Till when the former secret signs too. */
  @Column('timestamptz', { name: 'former_secret_until', nullable: true })
  formerSecretUntil!: Date | null;

  /** Since when no attempt has succeeded. */
  @Column('timestamptz', { name: 'failing_since', nullable: true })
  failingSince!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'evergrant_now()' })
  updatedAt!: Date;
}
