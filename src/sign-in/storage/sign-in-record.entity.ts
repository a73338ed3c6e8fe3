import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Something that the authorization server has under way or has issued: an interaction, a grant, a code, a refresh token. */
@Entity('sign_in_records')
export class SignInRecord {
  /** As oidc-provider calls its model. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'sign_in_records_pk' })
  model!: string;

  @PrimaryColumn('text', { name: 'id_hash', primaryKeyConstraintName: 'sign_in_records_pk' })
  idHash!: string;

  /** Of the person; null before one has signed in. */
  @Column('uuid', { name: 'tenant_id', nullable: true })
  @ForeignKey('tenants', 'id', { name: 'sign_in_records_tenant_fk', onDelete: 'CASCADE' })
  @Index('sign_in_records_tenant')
  tenantId!: string | null;

  /** Of a grant, and of what was issued under it. */
  @Column('text', { name: 'authorization_id', nullable: true })
  @Index('sign_in_records_authorization')
  authorizationId!: string | null;

  @Column('text', { name: 'sealed_payload', select: false })
  sealedPayload!: string;

  /** When a code or a refresh token was used first. */
  @Column('timestamptz', { name: 'consumed_at', nullable: true })
  consumedAt!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('sign_in_records_expiry')
  expiresAt!: Date;
}
