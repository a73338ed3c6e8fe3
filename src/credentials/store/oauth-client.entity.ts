import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** An OAuth client: one that a tenant brought, or (without tenant and secret) one of the deployment's. */
@Entity('oauth_clients')
// NULLS NOT DISTINCT is beyond TypeORM's decorators; the migration owns this index.
@Index('oauth_clients_identity_unique', { synchronize: false })
export class OAuthClient {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'oauth_clients_pk' })
  id!: string;

  @Column('uuid', { name: 'tenant_id', nullable: true })
  @ForeignKey('tenants', 'id', { name: 'oauth_clients_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string | null;

  @Column('text')
  provider!: string;

  @Column('text', { name: 'client_id' })
  clientId!: string;

  /** Sealed with the tenant's data key; null for the deployment's, whose secret stays in the environment. */
  @Column('text', { name: 'client_secret', nullable: true, select: false })
  clientSecret!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'evergrant_now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'evergrant_now()' })
  updatedAt!: Date;
}
