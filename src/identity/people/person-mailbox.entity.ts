import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** An instance that a person connected; of one person at most. */
@Entity('person_mailboxes')
@Index('person_mailboxes_person', ['tenantId', 'personId', 'createdAt'])
@ForeignKey('people', ['tenantId', 'personId'], ['tenantId', 'id'], {
  name: 'person_mailboxes_person_fk',
  onDelete: 'CASCADE',
})
@ForeignKey('mcp_instances', ['tenantId', 'instanceId'], ['tenantId', 'id'], {
  name: 'person_mailboxes_instance_fk',
  onDelete: 'CASCADE',
})
export class PersonMailbox {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'person_mailboxes_pk' })
  @ForeignKey('tenants', 'id', { name: 'person_mailboxes_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'person_mailboxes_pk' })
  instanceId!: string;

  @Column('uuid', { name: 'person_id' })
  personId!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
