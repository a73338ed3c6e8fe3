import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A mailbox that is watched for changes, on behalf of one instance. */
@Entity('mailbox_watches')
@Index('mailbox_watches_due', ['dueAt'])
@Index('mailbox_watches_email', ['email'])
@Check('mailbox_watches_mode', "mode IN ('push', 'poll')")
export class MailboxWatchRow {
  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'mailbox_watches_pk' })
  @ForeignKey('mcp_instances', 'id', { name: 'mailbox_watches_instance_fk', onDelete: 'CASCADE' })
  instanceId!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'mailbox_watches_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  /** As Gmail names the mailbox in notifications, in lower case. */
  @Column('text')
  email!: string;

  /** Changes of other messages are not told; empty for all. */
  @Column('text', { name: 'label_ids', array: true, default: () => "'{}'" })
  labelIds!: string[];

  @Column('text', { default: 'poll' })
  mode!: string;

  /** Of Pub/Sub, that Gmail tells; null for none. */
  @Column('text', { nullable: true })
  topic!: string | null;

  /** When Gmail ends its watch unless it is renewed. */
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** Null where there is no topic. */
  @Column('timestamptz', { name: 'renew_at', nullable: true })
  renewAt!: Date | null;

  @Column('integer', { name: 'renewal_failures', default: 0 })
  renewalFailures!: number;

  /** Up to where changes are known. */
  @Column('numeric', { name: 'history_id', precision: 20, scale: 0 })
  historyId!: string;

  /** The latest one that a notification named. */
  @Column('numeric', { name: 'pushed_history_id', precision: 20, scale: 0, nullable: true })
  pushedHistoryId!: string | null;

  @Column('timestamptz', { name: 'look_at' })
  lookAt!: Date;

  @Column('integer', { name: 'look_failures', default: 0 })
  lookFailures!: number;

  /** Of the last look. */
  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  /** The earlier of both, or when the lease of the process ends that is at it. */
  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  @Column('uuid', { name: 'lease_id', nullable: true })
  leaseId!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
