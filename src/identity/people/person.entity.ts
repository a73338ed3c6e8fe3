import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** Who signed in with an account of a provider's; belongs to one tenant, and so does the account. */
@Entity('people')
@Unique('people_account_unique', ['provider', 'subject'])
@Unique('people_tenant_id_unique', ['tenantId', 'id'])
@Index('people_page', ['tenantId', 'createdAt', 'id'])
export class PersonRow {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'people_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id' })
  @ForeignKey('tenants', 'id', { name: 'people_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @Column('text')
  provider!: string;

  /** The account's stable id at the provider. */
  @Column('text')
  subject!: string;

  /** The account's address, as the last sign-in told it. */
  @Column('text')
  email!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'last_sign_in_at', default: () => 'evergrant_now()' })
  lastSignInAt!: Date;
}
