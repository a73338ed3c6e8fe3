import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** While it stands, the suspects of one OAuth client, or of one tenant under it, ask for no sign-in. */
@Entity('verdict_holds')
// NULLS NOT DISTINCT is beyond TypeORM's decorators; the migration owns this index.
@Index('verdict_holds_scope_unique', { synchronize: false })
export class VerdictHold {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'verdict_holds_pk' })
  id!: string;

  @Column('uuid', { name: 'oauth_client_id' })
  @ForeignKey('oauth_clients', 'id', { name: 'verdict_holds_oauth_client_fk', onDelete: 'CASCADE' })
  oauthClientId!: string;

  /** Null: all tenants. */
  @Column('uuid', { name: 'tenant_id', nullable: true })
  @ForeignKey('tenants', 'id', { name: 'verdict_holds_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string | null;

  @Column('timestamptz', { name: 'started_at', default: () => 'evergrant_now()' })
  startedAt!: Date;

  /** When a grant of the client was first refreshed in spite of the spike. */
  @Column('timestamptz', { name: 'healthy_at', nullable: true })
  healthyAt!: Date | null;

  /** Spaced confirmations since then, none of which brought a token. */
  @Column('integer', { default: 0 })
  refusals!: number;

  @Column('timestamptz', { name: 'refused_at', nullable: true })
  refusedAt!: Date | null;
}
