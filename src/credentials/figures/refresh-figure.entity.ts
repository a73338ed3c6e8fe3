import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** What the refreshes of one tenant came to in one hour, counted from the history. */
@Entity('refresh_figures')
@Index('refresh_figures_hour', ['hour'])
export class RefreshFigure {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'refresh_figures_pk' })
  @ForeignKey('tenants', 'id', { name: 'refresh_figures_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  /** Its beginning. */
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'refresh_figures_pk' })
  hour!: Date;

  @Column('integer', { default: 0 })
  refreshed!: number;

  @Column('integer', { default: 0 })
  rejected!: number;

  @Column('integer', { default: 0 })
  unavailable!: number;

  @Column('integer', { default: 0 })
  unknown!: number;

  /** Those whose outcome came straight from the provider. */
  @Column('integer', { default: 0 })
  direct!: number;

  /** Those for which the OAuth service gave an answer, the provider's own failures included. */
  @Column('integer', { name: 'service_answered', default: 0 })
  serviceAnswered!: number;

  @Column('integer', { name: 'service_failed', default: 0 })
  serviceFailed!: number;

  /** How often a person began to be asked to sign in. */
  @Column('integer', { default: 0 })
  reauthentications!: number;
}
