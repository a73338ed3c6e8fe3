import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A browser that showed a key; with neither tenant nor key it is the operator's. */
@Entity('console_sessions')
@Check('console_sessions_owner_check', '(tenant_id IS NULL) = (api_key_id IS NULL)')
@ForeignKey('api_keys', ['tenantId', 'apiKeyId'], ['tenantId', 'id'], {
  name: 'console_sessions_api_key_fk',
  onDelete: 'CASCADE',
})
export class ConsoleSession {
  @PrimaryColumn('text', { name: 'session_hash', primaryKeyConstraintName: 'console_sessions_pk' })
  sessionHash!: string;

  @Column('uuid', { name: 'tenant_id', nullable: true })
  @ForeignKey('tenants', 'id', { name: 'console_sessions_tenant_fk', onDelete: 'CASCADE' })
  @Index('console_sessions_tenant')
  tenantId!: string | null;

  /** Deleting the key ends its sessions. */
  @Column('uuid', { name: 'api_key_id', nullable: true })
  @Index('console_sessions_api_key')
  apiKeyId!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('console_sessions_expiry')
  expiresAt!: Date;
}
