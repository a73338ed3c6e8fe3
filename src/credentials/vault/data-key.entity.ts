import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

export type DataKeyPurpose = 'tokens' | 'fingerprints' | 'audit' | 'sign-in';

/** A key that encrypts data, itself wrapped by a master key. Deleting a tenant's shreds its tokens. */
@Entity('data_keys')
// NULLS NOT DISTINCT is beyond TypeORM's decorators; the migration owns this index.
@Index('data_keys_owner_unique', { synchronize: false })
@Check('data_keys_purpose_check', "purpose IN ('tokens', 'fingerprints', 'audit', 'sign-in')")
export class DataKey {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'data_keys_pk' })
  id!: string;

  /** Null for the deployment's own key. */
  @Column('uuid', { name: 'tenant_id', nullable: true })
  @ForeignKey('tenants', 'id', { name: 'data_keys_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string | null;

  @Column('text')
  purpose!: DataKeyPurpose;

  @Column('text', { name: 'wrapped_key', select: false })
  wrappedKey!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;
}
