import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** An access token that a client acts for a person by, stored as a hash. */
@Entity('person_tokens')
@Unique('person_tokens_hash_unique', ['tokenHash'])
@Index('person_tokens_authorization', ['tenantId', 'authorizationId'])
@ForeignKey('person_authorizations', ['tenantId', 'authorizationId'], ['tenantId', 'id'], {
  name: 'person_tokens_authorization_fk',
  onDelete: 'CASCADE',
})
export class PersonToken {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'person_tokens_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'person_tokens_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('text', { name: 'authorization_id' })
  authorizationId!: string;

  @Column('text', { name: 'token_hash' })
  tokenHash!: string;

  @Column('text', { array: true })
  scopes!: string[];

  /** The URL that it is for (RFC 8707). */
  @Column('text')
  resource!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  @Index('person_tokens_expiry')
  expiresAt!: Date;
}
