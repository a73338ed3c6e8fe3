import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { JsonObject } from './canonical-json.js';

/** An event of a tenant's chain; a trigger refuses every change, and every deletion but by pruning or with the tenant. */
@Entity('audit_events')
@Index('audit_events_instance', ['tenantId', 'instanceId', 'sequence'])
@Index('audit_events_at', ['tenantId', 'at'])
export class AuditEventRow {
  @PrimaryColumn('uuid', { name: 'tenant_id', primaryKeyConstraintName: 'audit_events_pk' })
  // Its head, which is locked already when an event is added, and not the tenant, which all its writers would lock.
  @ForeignKey('audit_heads', 'tenant_id', { name: 'audit_events_head_fk', onDelete: 'CASCADE' })
  tenantId!: string;

  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'audit_events_pk' })
  sequence!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  event!: string;

  @Column('jsonb')
  actor!: JsonObject;

  @Column('jsonb', { nullable: true })
  subject!: JsonObject | null;

  /** Kept when the instance is gone. */
  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  @Column('jsonb')
  details!: JsonObject;

  @Column('text', { name: 'previous_hash' })
  previousHash!: string;

  @Column('text')
  hash!: string;

  @Column('text')
  seal!: string;
}
