import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A tenant's key for the REST API, stored as a hash. */
@Entity('api_keys')
@Unique('api_keys_hash_unique', ['keyHash'])
@Unique('api_keys_tenant_id_unique', ['tenantId', 'id'])
@Index('api_keys_page', ['tenantId', 'createdAt', 'id'])
export class ApiKey {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'api_keys_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'api_keys_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('text')
  name!: string;

  /** How the key begins, for people to tell keys apart. */
  @Column('text')
  prefix!: string;

  @Column('text', { name: 'key_hash', select: false })
  keyHash!: string;

  @Column('text', { array: true })
  rights!: string[];

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt!: Date | null;

  /** To the minute. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
