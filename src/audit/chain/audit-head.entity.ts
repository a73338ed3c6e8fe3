import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { genesisHash } from './chain-link.js';

/** Where a tenant's chain ends, and where it begins since it was pruned. Its row is locked by who appends. */
@Entity('audit_heads')
export class AuditHead {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'audit_heads_pk' })
  @ForeignKey('tenants', 'id', { name: 'audit_heads_tenant_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  /** Of the newest event; 0 before the first. */
  @Column('bigint', { default: 0 })
  sequence!: string;

  @Column('text', { default: genesisHash })
  hash!: string;

  /** Of the newest event that was deleted for its age. */
  @Column('bigint', { name: 'pruned_sequence', default: 0 })
  prunedSequence!: string;

  @Column('text', { name: 'pruned_hash', default: genesisHash })
  prunedHash!: string;

  /** Shows that Evergrant pruned; empty before it did. */
  @Column('text', { name: 'pruned_seal', default: '' })
  prunedSeal!: string;
}
