import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A browser whose person has shown to own a mailbox of this tenant. */
@Entity('owner_sessions')
export class OwnerSession {
  @PrimaryColumn('text', { name: 'session_hash', primaryKeyConstraintName: 'owner_sessions_pk' })
  sessionHash!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'owner_sessions_tenant_fk', onDelete: 'CASCADE' })
  @Index('owner_sessions_tenant')
  tenantId!: string;

  @Column('text')
  provider!: string;

  /** The account's stable id at the provider. */
  @Column('text')
  subject!: string;

  @Column('text')
  email!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('owner_sessions_expiry')
  expiresAt!: Date;
}
