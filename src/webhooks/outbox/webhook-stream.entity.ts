import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** What was told last of one instance, and how many events of it there were; written by triggers alone. */
@Entity('webhook_streams')
export class WebhookStreamRow {
  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'webhook_streams_pk' })
  instanceId!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'webhook_streams_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('bigint', { default: 0 })
  ordinal!: string;

  /** As in `instance.<condition>`; also what no webhook was there for. */
  @Column('text', { nullable: true })
  condition!: string | null;

  @Column('uuid', { name: 'credential_id', nullable: true })
  credentialId!: string | null;

  @Column('integer', { nullable: true })
  generation!: number | null;
}
