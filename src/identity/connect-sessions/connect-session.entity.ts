import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A page of another origin that may see and connect instances of a tenant, for minutes. */
@Entity('connect_sessions')
@Unique('connect_sessions_hash_unique', ['sessionHash'])
@Index('connect_sessions_api_key', ['tenantId', 'apiKeyId'])
@ForeignKey('api_keys', ['tenantId', 'apiKeyId'], ['tenantId', 'id'], {
  name: 'connect_sessions_api_key_fk',
  onDelete: 'CASCADE',
})
export class ConnectSession {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'connect_sessions_pk' })
  id!: string;

  @Column('text', { name: 'session_hash', select: false })
  sessionHash!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'connect_sessions_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  /** Deleting the key ends the sessions made with it; null for the operator's. */
  @Column('uuid', { name: 'api_key_id', nullable: true })
  apiKeyId!: string | null;

  /** Null for all of the tenant's. */
  @Column('uuid', { name: 'instance_ids', array: true, nullable: true })
  instanceIds!: string[] | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('connect_sessions_expiry')
  expiresAt!: Date;
}
