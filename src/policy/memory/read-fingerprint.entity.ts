import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A text that a tool has lately given out, as keyed hashes of its words. */
@Entity('read_fingerprints')
@Index('read_fingerprints_newest', ['instanceId', 'readAt'])
@Index('read_fingerprints_age', ['readAt'])
export class ReadFingerprint {
  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'read_fingerprints_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'read_fingerprints_pk' })
  @ForeignKey('mcp_instances', 'id', { name: 'read_fingerprints_instance_fk', onDelete: 'CASCADE' })
  instanceId!: string;

  @PrimaryColumn('text', { name: 'thread_id', primaryKeyConstraintName: 'read_fingerprints_pk' })
  threadId!: string;

  /** Of the whole text: one that is read again takes no second row. */
  @PrimaryColumn('bigint', { name: 'text_hash', primaryKeyConstraintName: 'read_fingerprints_pk' })
  textHash!: string;

  @Column('bigint', { array: true })
  hashes!: string[];

  /** Its connection wrote it into a draft of the thread itself. */
  @Column('boolean', { default: false })
  written!: boolean;

  @Column('timestamptz', { name: 'read_at', default: () => 'evergrant_now()' })
  readAt!: Date;
}
