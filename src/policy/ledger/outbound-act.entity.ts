import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Something that is to leave a mailbox, or has; what it says is sealed with its tenant's data key. */
@Entity('outbound_acts')
@Index('outbound_acts_key', ['instanceId', 'idempotencyKey'], { unique: true })
@Index('outbound_acts_newest', ['tenantId', 'createdAt', 'id'])
@Index('outbound_acts_open', ['retryAt'], { where: "state IN ('held', 'approved', 'intended', 'unknown')" })
@Index('outbound_acts_ended', ['endedAt'], { where: 'ended_at IS NOT NULL' })
export class OutboundActRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'outbound_acts_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'outbound_acts_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'instance_id' })
  @ForeignKey('mcp_instances', 'id', { name: 'outbound_acts_instance_fk', onDelete: 'CASCADE' })
  instanceId!: string;

  @Column('text')
  kind!: string;

  /** Null once it has ended. */
  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey!: string | null;

  /** Looked at only when the act has ended: till then its key lives. */
  @Column('timestamptz', { name: 'key_expires_at', nullable: true })
  keyExpiresAt!: Date | null;

  @Column('text', { name: 'content_digest' })
  contentDigest!: string;

  @Column('text')
  state!: string;

  /** What the policy said: `allow` or `ask`. */
  @Column('text')
  verdict!: string;

  /** In the policy's codes. */
  @Column('text', { array: true, default: () => "'{}'" })
  reasons!: string[];

  @Column('integer')
  recipients!: number;

  /** Sealed: what a person reads, and by what it was decided on; gone when an act has ended that was never held. */
  @Column('text', { nullable: true })
  reading!: string | null;

  /** Sealed: what is asked of Gmail; gone when the act has ended. */
  @Column('text', { nullable: true })
  request!: string | null;

  /** Ids and codes. */
  @Column('jsonb', { nullable: true })
  result!: unknown;

  @Column('uuid', { name: 'mcp_token_id', nullable: true })
  mcpTokenId!: string | null;

  /** For whom a client asked. */
  @Column('uuid', { name: 'person_id', nullable: true })
  personId!: string | null;

  @Column('text', { name: 'client_id', nullable: true })
  clientId!: string | null;

  /** As the client called itself. */
  @Column('text', { name: 'client_name', nullable: true })
  clientName!: string | null;

  /** That vouched for the client. */
  @Column('text', { name: 'client_host', nullable: true })
  clientHost!: string | null;

  @Column('uuid', { name: 'reservation_id', nullable: true })
  reservationId!: string | null;

  @Column('uuid', { name: 'lease_id', nullable: true })
  leaseId!: string | null;

  @Column('timestamptz', { name: 'leased_until', nullable: true })
  leasedUntil!: Date | null;

  @Column('timestamptz', { name: 'retry_at', nullable: true })
  retryAt!: Date | null;

  /** When the request may have gone out last. */
  @Column('timestamptz', { name: 'begun_at', nullable: true })
  begunAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  /** Of a held act: till when it can be decided on; else till when it is carried out. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;

  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;

  @Column('text', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
