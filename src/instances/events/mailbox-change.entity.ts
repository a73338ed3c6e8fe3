import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Something that was seen to change in a watched mailbox. */
@Entity('mailbox_changes')
@Index('mailbox_changes_instance', ['instanceId', 'id'])
@Index('mailbox_changes_age', ['at'])
@Check('mailbox_changes_kind', "kind IN ('changed', 'resync')")
export class MailboxChangeRow {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'mailbox_changes_pk',
  })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'mailbox_changes_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'instance_id' })
  @ForeignKey('mcp_instances', 'id', { name: 'mailbox_changes_instance_fk', onDelete: 'CASCADE' })
  instanceId!: string;

  @Column('text')
  kind!: string;

  /** Up to where the mailbox is known with it. */
  @Column('numeric', { name: 'history_id', precision: 20, scale: 0 })
  historyId!: string;

  /** Null for more than are told. */
  @Column('text', { name: 'message_ids', array: true, nullable: true })
  messageIds!: string[] | null;

  @Column('text', { name: 'thread_ids', array: true, nullable: true })
  threadIds!: string[] | null;

  @Column('timestamptz', { default: () => 'evergrant_now()' })
  at!: Date;
}
