import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A disconnected grant that is to be revoked at the provider, if no live grant would end with it. */
@Entity('revocations')
@ForeignKey('mcp_credentials', ['tenantId', 'credentialId'], ['tenantId', 'id'], {
  name: 'revocations_credential_fk',
  onDelete: 'CASCADE',
})
export class Revocation {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'revocations_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'revocations_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('uuid', { name: 'credential_id' })
  credentialId!: string;

  /** Sealed for the credential and the generation that it was taken from. */
  @Column('text', { name: 'refresh_token', select: false })
  refreshToken!: string;

  @Column('integer')
  generation!: number;

  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('timestamptz', { name: 'next_attempt_at', default: () => 'evergrant_now()' })
  @Index('revocations_due')
  nextAttemptAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
